"""`health`: whether the running bot is well, for containers and monitors."""

import http.client
import json
import urllib.error
import urllib.request

import typer

from bot.cli.console import say
from bot.errors import HearsayError
from config.loading import load_settings

TIMEOUT_S = 5
LARGEST = 10_000


class NotHealthy(HearsayError):
    """The bot does not answer. Is it running, and is HEARSAY_METRICS_ADDRESS set?"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(health)


def health() -> None:
    """Ask the running bot whether all its parts work; exit code 1 where not. Needs HEARSAY_METRICS_ADDRESS."""
    address = load_settings().metrics_address
    if not address:
        raise NotHealthy("HEARSAY_METRICS_ADDRESS is not set, so the bot serves no /healthz.")
    host, _, port = address.rpartition(":")
    if host in {"", "0.0.0.0", "[::]"}:  # noqa: S104 - where it listens everywhere, ask it here
        host = "127.0.0.1"
    # no proxy: the address is this machine's or the container's own
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        try:
            with opener.open(f"http://{host}:{port}/healthz", timeout=TIMEOUT_S) as answer:
                parts = _parts_in(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                parts = _parts_in(error.read(LARGEST))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotHealthy from error
    failing = [name for name, works in parts.items() if not works]
    if failing:
        raise NotHealthy(f"Not working: {', '.join(failing)}. The log says why.")
    say(", ".join(f"{name} works" for name in parts))


def _parts_in(body: bytes) -> dict[str, bool]:
    """Return the parts of the bot and whether each works; raise NotHealthy where another server answers."""
    parts = json.loads(body)
    if not isinstance(parts, dict) or not parts or not all(isinstance(works, bool) for works in parts.values()):
        raise NotHealthy("What answers at HEARSAY_METRICS_ADDRESS is not Hearsay.")
    return parts
