"""Celery is a nudge; the database is the truth (docs/keputusan/0004-kotak-keluar.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpptportal.settings")

app = Celery("bpptportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jadwal")
