"""Kill -9 around the posting of a notice: managers get it exactly once."""

from datetime import timedelta

from bot.clock import utc_now
from bot.model.feeds import FeedState, PollOutcome, PollStatus
from bot.store import open_store
from config.settings import Settings
from preview.discord import LocalDiscord
from tests.e2e.killed import OF_NOTICES
from tests.e2e.mortal import KILLED, MortalBot
from tests.factories import save_outcome


async def test_a_notice_is_posted_once_through_kills(
    local: LocalDiscord, settings: Settings, mortal_bot: MortalBot
) -> None:
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
    for boundary in OF_NOTICES:
        assert await mortal_bot.live(boundary) == KILLED, f"never came to where {boundary}"
    assert await mortal_bot.live() == 0
    (message,) = channel.messages
    assert message["embeds"][0]["title"] == "A feed is no longer read"
