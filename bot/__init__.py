"""The engine of Hearsay.

Rooms from the ground up: `model` (plain values); `text`, `workers`; `fetching`; then side by side `feeds`,
`articles`, `extraction`, `stories`, `digests`; `store`; `delivery`; `services` (what people ask for); `runner`
(what runs by itself); `app`, `client`, `serving`; `cli`. A room imports only from rooms below it (see
pyproject.toml).
"""

import sys

__version__ = "0.1.0"


def _import_structlog_without_rich() -> None:
    """Import structlog without rich, which takes 5 MB: `bot.log` writes tracebacks plainly."""
    if "rich" in sys.modules or "structlog" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment] # lets an import of it fail, which structlog expects
    try:
        import structlog  # noqa: F401, PLC0415
    finally:
        del sys.modules["rich"]


_import_structlog_without_rich()
