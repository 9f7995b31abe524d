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
# Static files are made with throw-away secrets in a throw-away folder; the running portal gets its own by environment.
RUN mkdir -p var && python -m bpptportal.kumpulkan_statik && chown -R bppt:bppt var
USER bppt
EXPOSE 8000
CMD ["gunicorn", "bpptportal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4"]
