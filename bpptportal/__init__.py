"""Composition root: settings, addresses, background work, health. Imported by nobody."""

from bpptportal.celery import app as celery_app

__all__ = ["celery_app"]
