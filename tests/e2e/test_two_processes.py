"""Two bots on one PostgreSQL share the work: nothing is polled, read or posted twice, counted from outside."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import time, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import utc_now
from bot.model.delivery import DeliveryState
from bot.store import Store, open_store
from preview.discord import LocalDiscord
from preview.newsroom.server import Newsroom
from tests.databases import Server as PostgreSQL
from tests.databases import Templates
from tests.factories import a_subscription

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def running(
    local: LocalDiscord, url: str, folder: Path, *command: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m bot run`, or another command, in a process of its own."""
    folder.mkdir()  # noqa: ASYNC240 - of the test itself
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HEARSAY_", "COV_"))}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": local.token,
        "HEARSAY_DATABASE_URL": url,
        "HEARSAY_DATA_DIR": str(folder),
        "HEARSAY_DISCORD_API_BASE": local.api_base,
        "HEARSAY_DISCORD_GATEWAY_URL": local.gateway_url,
        "HEARSAY_ALLOW_PRIVATE_ADDRESSES": "true",
        "HEARSAY_PASS_INTERVAL": "0.5",
        "HEARSAY_LOG_LEVEL": "warning",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *(command or ("run",)), cwd=folder, env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something, for as long as a slow machine may need."""
    async with asyncio.timeout(300):
        while not await true():  # noqa: ASYNC110 - what is waited for is in other processes
            await asyncio.sleep(0.2)


async def count(store: Store, query: str) -> int:
    async with store.database.reading() as connection:
        return int((await connection.execute(text(query))).scalar_one())


async def everything_is_grouped(store: Store, articles: int) -> bool:
    return await count(store, "SELECT count(*) FROM articles WHERE story_id IS NOT NULL") == articles


async def everything_is_posted(store: Store, digests: int) -> bool:
    counts = await store.deliveries.counts()
    return counts[DeliveryState.SENT] >= digests and not counts[DeliveryState.PENDING]


async def make_digests_due(store: Store) -> None:
    for subscription in await store.subscriptions.all():
        await store.subscriptions.reschedule(subscription.id, utc_now() - timedelta(seconds=1))


def assert_no_story_twice(local: LocalDiscord, newsroom: Newsroom, channel: str) -> None:
    headlines = {article.title for article in newsroom.articles}
    shown = [embed.get("title") for message in local.channel(channel).messages for embed in message["embeds"]]
    stories = [title for title in shown if title in headlines]
    assert stories
    assert len(stories) == len(set(stories))


def assert_nothing_twice(local: LocalDiscord, newsroom: Newsroom, channels: list[str]) -> None:
    pages = Counter(visit.path for visit in newsroom.visits if visit.status == 200)
    twice = {path: times for path, times in pages.items() if times > 1 and not path.endswith("robots.txt")}
    assert not twice
    for name in channels:
        messages = local.channel(name).messages
        posts = [r for r in local.requests if r.path.endswith(f"/channels/{local.channel(name).id}/messages")]
        assert len([r for r in posts if r.method == "POST"]) == len(messages)
        assert_no_story_twice(local, newsroom, name)


async def assert_each_command_is_answered_once(local: LocalDiscord) -> None:
    reader = local.user("rita")
    for _ in range(5):
        reply = await (await reader.slash(local.channel("news"), "about")).done()
        assert "Version" in reply.text
    answers = Counter(r.path for r in local.requests if r.path.endswith("/callback"))
    assert len(answers) == 5
    assert set(answers.values()) == {1}


async def test_two_bots_share_the_work_and_one_that_is_killed_leaves_it_to_the_other(
    local: LocalDiscord, newsroom: Newsroom, postgres: PostgreSQL, templates: Templates, tmp_path: Path
) -> None:
    channels = ["general", "news"]
    guild_id = int(local.guild().id)
    with templates.postgres_emptied(postgres) as url:
        async with open_store(url, migrate=False) as store:
            for _, feed_url in newsroom.feeds:
                feed = await store.feeds.add(feed_url)
                await store.guilds.attach(guild_id, feed.id, 1, limit=10)
            for name in channels:
                await a_subscription(
                    store,
                    guild_id,
                    channel_id=int(local.channel(name).id),
                    at=time(9),
                    timezone="UTC",
                    minimum_confidence=0.0,
                    next_at=utc_now() + timedelta(days=1),
                )
            async with (
                running(local, url, tmp_path / "one") as one,
                running(local, url, tmp_path / "other") as other,
            ):
                await until(lambda: everything_is_grouped(store, len(newsroom.articles)))
                await make_digests_due(store)
                await until(lambda: everything_is_posted(store, len(channels)))
                assert_nothing_twice(local, newsroom, channels)
                await assert_each_command_is_answered_once(local)

                before = len(newsroom.articles)
                for slug in newsroom.held:
                    newsroom.publish(slug)
                newsroom.visits.clear()
                async with store.database.writing() as connection:
                    await connection.execute(text("UPDATE feeds SET next_poll_at = now() - interval '1 second'"))
                await until(lambda: anything_new(store, before))
                one.kill()
                await until(lambda: everything_is_grouped(store, len(newsroom.articles)))
                await make_digests_due(store)
                await until(lambda: everything_is_posted(store, 2 * len(channels)))
                assert other.returncode is None
                for name in channels:
                    assert_no_story_twice(local, newsroom, name)


async def anything_new(store: Store, before: int) -> bool:
    return await count(store, "SELECT count(*) FROM articles") > before
