"""Two gateways, a worker and a scheduler, each a process of its own on one PostgreSQL, do what one bot does."""

import signal
from datetime import time, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import utc_now
from bot.store import open_store
from preview.discord import LocalDiscord
from preview.newsroom.server import Newsroom
from tests.databases import Server as PostgreSQL
from tests.databases import Templates
from tests.e2e.test_two_processes import (
    assert_each_command_is_answered_once,
    assert_no_story_twice,
    assert_nothing_twice,
    everything_is_grouped,
    everything_is_posted,
    make_digests_due,
    running,
    until,
)
from tests.factories import a_subscription


async def test_gateways_a_worker_and_a_scheduler_do_together_what_one_bot_does(
    local: LocalDiscord, newsroom: Newsroom, postgres: PostgreSQL, templates: Templates, tmp_path: Path
) -> None:
    channels = ["general", "news"]
    guild_id = int(local.guild().id)
    with templates.postgres_emptied(postgres) as url:
        async with open_store(url, migrate=False) as store:
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
                running(local, url, tmp_path / "gateway", "gateway", "--shards", "0/2") as gateway,
                running(local, url, tmp_path / "other", "gateway", "--shards", "1/2") as other,
                running(local, url, tmp_path / "worker", "worker") as worker,
                running(local, url, tmp_path / "scheduler", "scheduler") as scheduler,
            ):
                for _, feed_url in newsroom.feeds:
                    feed = await store.feeds.add(feed_url)
                    await store.guilds.attach(guild_id, feed.id, 1, limit=10)
                await until(lambda: everything_is_grouped(store, len(newsroom.articles)))
                await make_digests_due(store)
                await until(lambda: everything_is_posted(store, len(channels)))
                assert_nothing_twice(local, newsroom, channels)
                await local.ready()
                await assert_each_command_is_answered_once(local)

                # a worker that is killed leaves nothing behind: another goes on with what it did
                worker.kill()
                for slug in newsroom.held:
                    newsroom.publish(slug)
                await worker.wait()
                async with store.database.writing() as connection:
                    # as if its leases' half minute had passed
                    await connection.execute(text("UPDATE leases SET until = now() - interval '1 second'"))
                    await connection.execute(text("UPDATE feeds SET next_poll_at = now() - interval '1 second'"))
                async with running(local, url, tmp_path / "second", "worker") as second:
                    await until(lambda: everything_is_grouped(store, len(newsroom.articles)))
                    await make_digests_due(store)
                    await until(lambda: everything_is_posted(store, 2 * len(channels)))
                    for name in channels:
                        assert_no_story_twice(local, newsroom, name)
                    for process in (gateway, other, second, scheduler):
                        process.send_signal(signal.SIGTERM)
                        assert await process.wait() == 0
