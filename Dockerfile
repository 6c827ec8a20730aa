# Builder: the locked dependencies, as wheels only, into a virtual environment without pip.
FROM python:3.13-slim AS builder
WORKDIR /build
RUN python -m venv --without-pip /opt/venv
COPY requirements.lock ./
RUN pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --no-deps --require-hashes --only-binary=:all: -r requirements.lock
# A third of it helps only those who develop the packages: debug symbols of extension modules, and tests.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends binutils \
    && find /opt/venv -name '*.cpython-*.so' -exec strip --strip-unneeded {} + \
    && find /opt/venv -name '*.abi3.so' -exec strip --strip-unneeded {} + \
    && find /opt/venv -type d -name tests -prune -exec rm -r {} +

# The final image: Python, the environment, the code, the model.
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
# The base image has no bytecode and our user cannot write any: each process would compile all its imports.
RUN python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))' \
    | xargs python -m compileall -q -x site-packages
COPY --from=builder /opt/venv /opt/venv
WORKDIR /app
COPY LICENSE pyproject.toml ./
COPY models models
COPY config config
COPY preview preview
COPY cogs cogs
COPY bot bot
RUN python -m compileall -q bot cogs config preview
# The processes that stay load libraries without docstrings, which is bytecode of its own.
RUN PYTHONDONTWRITEBYTECODE= python -m bot run --help > /dev/null
USER 10001:10001
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
