"""Logging with structlog, for our own events and those of libraries, on the console or as JSON, secrets masked."""

import logging
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

import structlog

from bot.text.terminal import for_terminal

MASK = "***"
_OF_THE_QUEUE = ("procrastinate", "psycopg")
_CUT = frozenset({"ConnectorException", "OperationalError", "InterfaceError", "PoolTimeout"})
"""Errors of these libraries, by name as few processes load them, that say that a connection was cut."""


def configure_logging(level: str, style: str, secrets: Iterable[str] = ()) -> None:
    """Send all logging to stderr.

    `level` is debug, info, warning or error. `style` is console, json or auto (console on a terminal, else JSON).
    Each of `secrets` is masked wherever it would appear.
    """
    hidden = tuple(s for s in secrets if s)
    json = style == "json" or (style == "auto" and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ending: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, _Masking(hidden), structlog.processors.JSONRenderer()]
        if json
        else [
            structlog.processors.format_exc_info,
            _Masking(hidden),
            _shown_safely,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), _briefly_if_cut],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    set_log_level(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def set_log_level(level: str) -> None:
    """Log what is at least as grave as `level`: debug, info, warning or error."""
    root = logging.getLogger()
    root.setLevel(level.upper())
    for noisy in ("discord", "aiosqlite", "alembic", "asyncio", "procrastinate", "trafilatura"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


def _briefly_if_cut(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take the traceback from what the queue's libraries say of a database that is away: it comes every second."""
    record = event.get("_record")
    info = getattr(record, "exc_info", None)
    error = info[1] if isinstance(info, tuple) else None
    if error is None or not str(event.get("logger", "")).startswith(_OF_THE_QUEUE):
        return event
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, OSError) or names & _CUT:
        reason = str(error.__cause__ or error).partition("\n")[0]
        event["error"] = f"{type(error).__name__}: {reason}"
        event.pop("exc_info", None)
    return event


def _shown_safely(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Take from every value what a terminal would obey: titles, addresses and errors come from outside."""
    return {
        key: value if isinstance(value, int | float | None) else for_terminal(str(value))
        for key, value in event.items()
    }


class _Masking:
    """Masks secrets in every value of an event."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        return {key: self._masked(value) for key, value in event.items()}

    def _masked(self, value: Any) -> Any:
        if not self._secrets or isinstance(value, int | float | None):
            return value
        text = value if isinstance(value, str) else repr(value)
        if not any(secret in text for secret in self._secrets):
            return value
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text
