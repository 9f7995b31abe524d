"""Application registration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "bpptportal"
    verbose_name = "Portal"
