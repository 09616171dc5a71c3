# The service without a database: docker-compose.yml gives it one. The same lock files, and so the same packages, as `make run`.

FROM node:22-bookworm-slim AS assets
WORKDIR /srv/yuantu
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS packages
RUN pip install --no-cache-dir uv==0.13.8
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /srv/yuantu
# The packages change less often than the code: a layer of their own.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-install-project --no-cache
COPY README.md ./
COPY app app
RUN uv sync --frozen --no-dev --no-cache

FROM python:3.11-slim-bookworm
# Chromium draws the printed sheets, in these fonts. Its own sandbox needs rights that the container does without.
RUN apt-get update && apt-get install --yes --no-install-recommends chromium fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/yuantu --no-create-home --shell /usr/sbin/nologin yuantu \
    && install -d -o yuantu -g yuantu /var/lib/yuantu
WORKDIR /srv/yuantu
COPY --from=packages /srv/yuantu /srv/yuantu
COPY --from=assets /srv/yuantu/node_modules node_modules
COPY alembic.ini ./
COPY migrations migrations
COPY layers layers
COPY geodata geodata
ENV PATH=/srv/yuantu/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    YUANTU_HOME=/var/lib/yuantu YUANTU_CHROMIUM_SANDBOX=false
USER yuantu
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["yuantu", "serve", "--host", "0.0.0.0", "--port", "8000"]
