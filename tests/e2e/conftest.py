"""The whole bot, as a fixture."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import HttpUrl, WebsocketUrl

from config.settings import Settings
from preview.discord import LocalDiscord
from preview.newsroom.server import Newsroom
from tests.databases import Templates, postgres, templates
from tests.e2e.mortal import MortalBot, mortal_bot_with
from tests.e2e.whole import PointedBack, WholeBot

__all__ = ["postgres", "templates"]


def openapi() -> Path | None:
    """Return Discord's specification if it is available. Without it, requests are not checked."""
    shared = Path(os.environ.get("HEARSAY_SHARED") or Path(__file__).parents[2] / "../shared")
    path = Path(os.environ.get("DISCORD_OPENAPI") or shared / "discord" / "openapi.json")
    return path if path.is_file() else None


@pytest.fixture
async def local() -> AsyncIterator[LocalDiscord]:
    """A Discord with two servers, which checks that the bot does only what Discord documents."""
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
def settings(
    tmp_path: Path, local: LocalDiscord, templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """The settings of a bot that has run before: its database is migrated already, which saves time."""
    monkeypatch.chdir(tmp_path)  # no .env or TOML file of the developer
    templates.sqlite_copy(tmp_path)
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


@pytest.fixture
async def mortal_bot(settings: Settings) -> AsyncIterator[MortalBot]:
    async with mortal_bot_with(settings) as made:
        yield made
