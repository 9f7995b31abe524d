# Production image. Checked by reading only: no container engine was in reach where this was written (README, limits).
FROM python:3.11-slim-bookworm AS pustaka
COPY requirements/base.txt /kunci.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /kunci.txt \
    && /venv/bin/pip check

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app bppt
COPY --from=pustaka /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --chown=root:root . .
# Static files, hashed and compressed, made with throw-away values; compose copies them into a volume at each start, so that nginx
# can serve them; the folders below var/ give the volumes their owner..
RUN PRODUKSI=1 VAR_DIR=/app/bangun SECRET_KEY=bangun KUNCI_ENKRIPSI=k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= \
    KUNCI_INDEKS=bangun RAHASIA_SMS=bangun DATABASE_URL=postgres://bangun/bangun ALLOWED_HOSTS=bangun SITUS=https://bangun \
    python manage.py collectstatic --no-input -v 0 \
    && mkdir -p var/static var/berkas var/ca var/sms var/surel var/run var/segel && chown -R bppt:bppt var && chmod 700 var/ca var/segel
USER bppt
EXPOSE 8000
CMD ["gunicorn", "bpptportal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4"]
