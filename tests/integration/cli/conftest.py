"""The command line as a newcomer meets it: an empty folder, no settings; a newsroom and a Discord on loopback."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import discord.gateway
import discord.http
import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli.app import app
from config.settings import default_model
from preview.discord import LocalDiscord
from preview.newsroom import OUTLETS, Newsroom
from tests.background import in_background

Command = Callable[..., Result]


def ended(*arguments: str, **variables: str) -> Result:
    """Run a command to its end, in this process; `variables` are added to the environment."""
    result = CliRunner().invoke(app, list(arguments), env=variables)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Put back what commands set for their process: logging, and where discord.py looks for Discord."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
    discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; of the developer's settings nothing is left."""
    for name in [n for n in os.environ if n.startswith(("HEARSAY_", "DISCORD_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def hearsay() -> Command:
    return ended


@pytest.fixture
def on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let private addresses be fetched."""
    monkeypatch.setenv("HEARSAY_ALLOW_PRIVATE_ADDRESSES", "1")


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    with in_background(Newsroom) as made:
        yield made


@pytest.fixture(autouse=True)
def every_outlet_mended(newsroom: Newsroom) -> Iterator[None]:
    """The newsroom is one for all tests: a fault that a test orders ends with it."""
    yield
    for outlet in OUTLETS:
        newsroom.fix_feed(outlet)


@pytest.fixture(scope="module")
def local() -> Iterator[LocalDiscord]:
    with in_background(LocalDiscord) as made:
        yield made


@pytest.fixture(scope="session")
def read_database(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Path:
    """A database file with two outlets, polled and read by the commands themselves."""
    if not (default_model() / "config.cfg").is_file():
        pytest.skip(f"the model is not at {default_model()}")
    file = tmp_path_factory.mktemp("read") / "hearsay.db"
    variables = {"HEARSAY_DATABASE_URL": f"sqlite:///{file}", "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "1"}
    added = ended("feeds", "add", newsroom.feed_url("konkan"), newsroom.feed_url("heap"), **variables)
    assert added.exit_code == 0, added.output
    polled = ended("poll", **variables)
    assert polled.exit_code == 0, polled.output
    assert "feeds 2, not modified 0, unchanged 0, changed 2, new articles 1" in polled.stdout
    assert "errors 0, seconds " in polled.stdout
    return file


@pytest.fixture
def read(folder: Path, read_database: Path, on_loopback: None) -> Path:
    """The same in this test's own data folder."""
    (folder / "data").mkdir()
    return Path(shutil.copy(read_database, folder / "data" / "hearsay.db"))
