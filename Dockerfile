# The program for production: web, worker, beat and migrate run the same image (docker-compose.yml).

FROM node:24-slim AS browser
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media VAR_DIR=/tmp/var
# Pango, for WeasyPrint.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home gebied \
    && mkdir -p /srv/static /srv/media && chown gebied /srv/media
WORKDIR /app
COPY requirements-production.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-production.lock
COPY --from=browser /app/node_modules node_modules
COPY manage.py ./
COPY areas areas
COPY kortrijk_gebied kortrijk_gebied
COPY locale locale
COPY reservations reservations
COPY signals signals
COPY static static
COPY teams teams
COPY templates templates
# Collecting static files opens no connection; the values only have to be there.
RUN SECRET_KEY=build DATABASE_URL=postgresql:///build EMAIL_URL=consolemail:// \
    python manage.py collectstatic --noinput
USER gebied
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "kortrijk_gebied.wsgi:application"]
