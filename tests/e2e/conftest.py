"""The whole bot, as a fixture."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import HttpUrl, WebsocketUrl

from config.settings import Settings
from preview.discord import LocalDiscord
from preview.newsroom.server import Newsroom
from tests.e2e.whole import PointedBack, WholeBot


def openapi() -> Path | None:
    """Return where Discord's specification is, if anywhere; without it requests are not checked against it."""
    shared = Path(os.environ.get("HEARSAY_SHARED") or Path(__file__).parents[2] / "../shared")
    path = Path(os.environ.get("DISCORD_OPENAPI") or shared / "discord" / "openapi.json")
    return path if path.is_file() else None


@pytest.fixture
async def local() -> AsyncIterator[LocalDiscord]:
    """A Discord with a server, and another; whatever the bot does must be as Discord documents it."""
    guilds = {"Readers": ("general", "news"), "Others": ("general",)}
    async with LocalDiscord(guilds=guilds, openapi=openapi()) as made:
        with PointedBack(made):
            yield made
        assert made.violations == []


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom() as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path, local: LocalDiscord, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)  # no .env or TOML file of the developer's
    return Settings(
        data_dir=tmp_path,
        discord_token=local.token,
        discord_api_base=HttpUrl(local.api_base),
        discord_gateway_url=WebsocketUrl(local.gateway_url),
        allow_private_addresses=True,
    )


@pytest.fixture
async def whole_bot(local: LocalDiscord, newsroom: Newsroom, settings: Settings) -> AsyncIterator[WholeBot]:
    made = WholeBot(local, newsroom, settings)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
