"""Traces of what the steps do, sent to an OpenTelemetry collector if the host wants them; off by default."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol

from bot import __version__
from bot.errors import SettingsError


class Tracer(Protocol):
    """Notes how long something took, as a part of what it belongs to."""

    def span(self, name: str, **attributes: str | int) -> AbstractContextManager[object]:
        """Return a context that lasts as long as what is noted."""


class NoTraces(Tracer):
    """Notes nothing."""

    def span(self, name: str, **attributes: str | int) -> AbstractContextManager[object]:
        """Return a context that does nothing."""
        del name, attributes
        return nullcontext()


class _Traces(Tracer):
    def __init__(self, tracer: Any) -> None:
        self._tracer = tracer

    def span(self, name: str, **attributes: str | int) -> AbstractContextManager[object]:
        span: AbstractContextManager[object] = self._tracer.start_as_current_span(name, attributes=attributes)
        return span


@asynccontextmanager
async def traces_to(endpoint: str | None) -> AsyncIterator[Tracer]:
    """Yield what notes traces and sends them to `endpoint` (OTLP over HTTP). None: nothing is noted.

    They are sent from a thread of their own; what cannot be sent is dropped. Raises SettingsError if the libraries
    are not installed.
    """
    if endpoint is None:
        yield NoTraces()
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an extra
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - an extra
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - an extra
    except ImportError:
        raise SettingsError(
            "HEARSAY_TRACES_ENDPOINT needs OpenTelemetry: pip install 'hearsay[otel]', or remove the setting."
        ) from None
    provider = TracerProvider(
        resource=Resource.create({"service.name": "hearsay", "service.version": __version__}),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=5)))
    try:
        yield _Traces(provider.get_tracer("hearsay"))
    finally:
        await asyncio.to_thread(provider.shutdown)
