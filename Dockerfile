# Builder: the locked dependencies, as wheels only, into a virtual environment without pip.
FROM python:3.13-slim AS builder
WORKDIR /build
RUN python -m venv --without-pip /opt/venv
COPY requirements.lock ./
RUN pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --no-deps --require-hashes --only-binary=:all: -r requirements.lock

# The image that runs: Python, the environment, the code, the model.
FROM python:3.13-slim
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONPATH="/app" \
    PYTHONUNBUFFERED="1" \
    PYTHONDONTWRITEBYTECODE="1" \
    HEARSAY_DATA_DIR="/data" \
    HEARSAY_METRICS_ADDRESS="127.0.0.1:9100"
RUN groupadd --gid 10001 hearsay \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin hearsay \
    && mkdir /data \
    && chown 10001:10001 /data
COPY --from=builder /opt/venv /opt/venv
WORKDIR /app
COPY LICENSE pyproject.toml ./
COPY models models
COPY config config
COPY preview preview
COPY cogs cogs
COPY bot bot
USER 10001:10001
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
