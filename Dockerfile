# One image for web, worker, clock and set-up. Tags are pinned by version; pin the digest where you build
# (docker buildx imagetools inspect python:3.13-slim-trixie), for it cannot be known here.
FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements/runtime.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --require-hashes --only-binary :all: --requirement runtime.txt
# Brings front-end files and the typefaces of papers, whose checksums are ours; it stays in this stage.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
COPY . .
# Without them the pages look finished as well, and papers are printed in DejaVu. The key is for this one command.
RUN mkdir -p var/assets var/fonts && WBCJ_SECRET_KEY=only-to-fetch DATABASE_URL=postgresql://x@x/x REDIS_URL=redis://x/0 \
    sh -c '/venv/bin/python manage.py fetch_assets || echo "going on without fetched files"'

FROM python:3.13-slim-trixie
# What papers are printed with: shapes of letters, and letters for what our own typefaces lack. Security fixes are wanted
# whenever an image is built, so no version of Debian's own packages is pinned.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
# A number, so that an orchestrator can tell that it is not root.
RUN groupadd --gid 10001 wbcj && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin wbcj \
    && install --directory --owner=10001 --group=10001 --mode=0700 /app/var /app/var/documents /backups
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=wbcj.settings.production
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
COPY --from=build /build/var/assets var/assets
COPY --from=build /build/var/fonts var/fonts
# The key is for this one command: it signs nothing and is not kept.
RUN WBCJ_SECRET_KEY=only-to-collect DATABASE_URL=postgresql://x@x/x REDIS_URL=redis://x/0 \
    python manage.py collectstatic --no-input \
    && python -m compileall -q . && chmod -R a+rX var/static var/fonts && chmod 0755 var
USER 10001:10001
EXPOSE 8000
# Granian and Celery end gracefully at SIGTERM.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s CMD ["python", "-m", "wbcj.probe", "web"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "16", "--respawn-failed-workers", "--workers-kill-timeout", "25", "wbcj.wsgi:application"]
