"""Kill -9 around the posting of a notice: managers are told, and told once."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.feeds.values import FeedState, PollOutcome, PollStatus
from bot.store import open_store
from config.settings import Settings
from preview.discord import LocalDiscord
from tests.factories import save_outcome

ROOT = Path(__file__).parents[2]
KILLED = -9
CODE = """
import asyncio, sys
from bot.delivery.sender import DiscordSender
from bot.store.notices import Notices
from tests.e2e import killed
killed.BOUNDARIES.update(
    put=(Notices, "put", "after"),
    attempt=(Notices, "attempt", "after"),
    send=(DiscordSender, "send", "after"),
)
asyncio.run(killed.main(sys.argv[1]))
"""


async def start_again(settings: Settings, boundary: str = "") -> int:
    """Run the bot on the same database until it dies at `boundary`, or is done; return its exit status."""
    assert settings.discord_token is not None
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HEARSAY_", "COV_"))}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": settings.discord_token.get_secret_value(),
        "HEARSAY_DATA_DIR": str(settings.data_dir),
        "HEARSAY_DISCORD_API_BASE": str(settings.discord_api_base),
        "HEARSAY_DISCORD_GATEWAY_URL": str(settings.discord_gateway_url),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CODE, boundary, cwd=settings.data_dir, env=environment
    )
    async with asyncio.timeout(120):
        return await process.wait()


async def test_a_notice_is_posted_once_through_kills(local: LocalDiscord, settings: Settings) -> None:
    channel = local.channel("news")
    guild_id = int(local.guild().id)
    async with open_store(settings.store_url, clock=utc_now) as store:
        feed = await store.feeds.add("https://gone.example/rss", title="Gone")
        await store.guilds.attach(guild_id, feed.id, 1, limit=10)
        await store.notices.choose_channel(guild_id, int(channel.id))
        later = utc_now() + timedelta(days=9)
        gone = PollOutcome(
            feed.id, PollStatus.GONE, utc_now(), later, FeedState.DISABLED, error="Removed (410).", failures=1
        )
        await save_outcome(store, gone)
    for boundary in ("put", "attempt", "send"):
        assert await start_again(settings, boundary) == KILLED, f"never came to {boundary}"
    assert await start_again(settings) == 0
    (message,) = channel.messages
    assert message["embeds"][0]["title"] == "A feed is no longer read"
