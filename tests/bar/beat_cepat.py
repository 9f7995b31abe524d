"""The portal's Celery app with deadlines swept each second, not each minute: `celery -A tests.bar.beat_cepat`."""

from __future__ import annotations

from bpptportal.celery import app

app.conf.beat_schedule = {"sapu-tenggat": {"task": "perizinan.jadwal.sapu_tenggat", "schedule": 1.0}}
