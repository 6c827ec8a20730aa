"""`health`: asks the running bot whether it works, for containers and monitors."""

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
    """Ask the running bot whether all its parts work. Exit code 1 if not. Needs HEARSAY_METRICS_ADDRESS."""
    address = load_settings().metrics_address
    if not address:
        raise NotHealthy("HEARSAY_METRICS_ADDRESS is not set, so the bot serves no /healthz.")
    parts = parts_of(address)
    failing = [name for name, works in parts.items() if not works]
    if failing:
        raise NotHealthy(f"Not working: {', '.join(failing)}. The log says why.")
    say(", ".join(f"{name} works" for name in parts))


def parts_of(address: str) -> dict[str, bool]:
    """Return the parts of the bot that answers at `address` ("host:port"), and whether each works.

    Raises NotHealthy if nothing answers there, or something else than Hearsay.
    """
    host, _, port = address.rpartition(":")
    if host in {"", "0.0.0.0", "[::]"}:  # noqa: S104 - a bot that listens everywhere is asked on this machine
        host = "127.0.0.1"
    # no proxy: the address is this machine's or the container's own
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        try:
            with opener.open(f"http://{host}:{port}/healthz", timeout=TIMEOUT_S) as answer:
                return _parts_in(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                return _parts_in(error.read(LARGEST))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotHealthy from error


def _parts_in(body: bytes) -> dict[str, bool]:
    """Return what /healthz answered. Raises NotHealthy if another server answers."""
    parts = json.loads(body)
    if not isinstance(parts, dict) or not parts or not all(isinstance(works, bool) for works in parts.values()):
        raise NotHealthy("The server at HEARSAY_METRICS_ADDRESS is not Hearsay.")
    return parts
