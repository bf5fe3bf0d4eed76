# Two stages: the first installs exactly what the lock names, by hash; the second carries only the result.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY .ci/image.lock.txt ./
RUN python -m venv /opt/guide \
 && /opt/guide/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r image.lock.txt
COPY bot bot
COPY flows flows
RUN /opt/guide/bin/python -m compileall -q bot && /opt/guide/bin/python -m bot check

FROM python:3.11-slim-bookworm
RUN useradd --system --no-create-home --uid 10001 --shell /usr/sbin/nologin guide
COPY --from=build /opt/guide /opt/guide
COPY --from=build /src/bot /srv/bot
COPY --from=build /src/flows /srv/flows
WORKDIR /srv
USER 10001
# Freed memory is written over at once (glibc), so that what was read does not lie there.
ENV PYTHONMALLOC=malloc MALLOC_PERTURB_=165 GLIBC_TUNABLES=glibc.malloc.tcache_count=0
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 WEB_HOST=0.0.0.0 WEB_PORT=8080
EXPOSE 8080
# Nothing is ever written: run with --read-only and without any volume.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["/opt/guide/bin/python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"WEB_PORT\"]}/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["/opt/guide/bin/python", "-m", "bot"]
