"""Kills the bot with -9 at random moments, and counts the stories: `python -m tests.e2e.count_kills --kills 200`.

Ten channels wait for eight stories each, one message a story, under a Discord that throttles, fails, cuts
connections and loses answers. Two of them get their stories by a webhook, and two are forums with a post for each.
The bot is started again and again; each life ends by SIGKILL after a random time, or when all is done. Printed are
how often each story came to each channel, and whether in order. Exits with 1 unless each came once, in order.
"""

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.model.delivery import Delivery, DeliveryState
from bot.model.digests import Cadence, ForumPosts
from bot.model.feeds import PollStatus
from bot.store import Store, open_store
from config.settings import Settings
from preview.discord import Channel, Json, LocalDiscord, Permission, faults
from preview.discord.faults import Fault
from tests.e2e.mortal import KILLED, MortalBot, mortal_bot_with
from tests.factories import (
    a_subscription,
    an_article,
    an_attached_feed,
    an_outcome,
    said,
    save_outcome,
    stored_article,
)

CHANNELS, STORIES = 10, 8
BY_WEBHOOK, FORUMS = (6, 7), (8, 9)
"""The numbers of the channels that have no nonces."""
LIVES_AT_MOST = 2_000
LONGEST_LIFE_S = 2.5
"""From when on a life that was not killed is over anyway, for the most part."""
HOURS = timedelta(hours=STORIES + 1)
"""What the clock moves on by over all lives that are killed: a story an hour comes to each channel."""
CALM_LIVES = 10
"""Lives at the end, an hour apart, in which nothing is killed and nothing fails."""
SUBJECTS = ("dam", "strike", "ferry", "orchestra", "bakery", "glacier", "airport", "museum")
MIX: tuple[tuple[int, Fault | None], ...] = (
    (60, None),
    (8, faults.rate_limited(0.1)),
    (8, faults.server_error()),
    (8, faults.connection_cut()),
    (8, faults.answer_lost()),
    (8, faults.late(0.5)),
)
"""What Discord does with a message, of a hundred."""
ASKED = (
    ("POST", "/channels/*/messages"),
    ("GET", "/channels/*/messages"),
    ("POST", "/channels/*/threads"),
    ("POST", "/webhooks/*/*"),
)


async def main(kills: int, seed: int) -> int:
    """Run the lives, print the counts, and return the exit status."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        names = [f"news-{n}" for n in range(CHANNELS) if n not in FORUMS]
        async with LocalDiscord(guilds={"Dunmore": names}) as local:
            settings = Settings(
                _env_file=None,
                discord_token=local.token,
                data_dir=Path(folder),
                discord_api_base=local.api_base,
                discord_gateway_url=local.gateway_url,
                allow_private_addresses=True,
            )
            for number in FORUMS:
                local.add_forum(local.guild(), f"news-{number}")
            channels = [local.channel(f"news-{n}") for n in range(CHANNELS)]
            for number in BY_WEBHOOK:
                local.grant(channels[number], Permission.MANAGE_WEBHOOKS)
            async with open_store(settings.store_url, clock=utc_now) as store:
                await prepare(store, int(local.guild().id), channels)
            async with mortal_bot_with(settings) as bot:
                lives, killed = await run_lives(local, bot, settings, kills, chance)
            print(f"{lives} lives, {killed} of them killed with -9 (seed {seed})")
            async with open_store(settings.store_url, clock=utc_now) as store:
                return await report(store, [posted_in(local, channel) for channel in channels])


async def prepare(store: Store, guild_id: int, channels: list[Channel]) -> None:
    """Store the articles and the subscriptions, all due."""
    feed = await an_attached_feed(store, guild_id)
    for number, subject in enumerate(SUBJECTS[:STORIES]):
        text, extraction = said(
            f"The {subject} was never in danger of any {subject} {number}", f"Ada {subject.title()}"
        )
        article = an_article(text=text, title=f"News of the {subject}", published_at=utc_now())
        await stored_article(
            store, guild_id, article=article, extraction=extraction, seen_at=utc_now(), grouped=True
        )
    later = utc_now() + timedelta(days=400)
    unchanged = an_outcome(
        feed.id, polled_at=utc_now(), next_poll_at=later, status=PollStatus.UNCHANGED, feed=None
    )
    await save_outcome(store, unchanged)
    for number, channel in enumerate(channels):
        await a_subscription(
            store,
            guild_id,
            channel_id=int(channel.id),
            cadence=Cadence.STORY,
            most_an_hour=1,
            as_outlet=number in BY_WEBHOOK,
            posts=ForumPosts.STORY if number in FORUMS else None,
            timezone="UTC",
            next_at=utc_now() - timedelta(minutes=1),
        )


async def run_lives(
    local: LocalDiscord, bot: MortalBot, settings: Settings, kills: int, chance: random.Random
) -> tuple[int, int]:
    """Start the bot until it was killed `kills` times and then lived to its end with nothing left to do."""
    killed = calm = 0
    ahead = timedelta()
    for life in itertools.count(1):
        if life > LIVES_AT_MOST:
            raise SystemExit(f"not done after {LIVES_AT_MOST} lives")
        local.faults.clear()
        if killed < kills:
            order_faults(local, chance)
        moment = chance.uniform(0.05, LONGEST_LIFE_S) if killed < kills else 0.0
        ahead += HOURS / kills if killed < kills else timedelta(hours=1)
        killed += await bot.live(f"after {moment:.3f} ahead {ahead.total_seconds():.0f}") == KILLED
        if moment:
            continue
        calm += 1
        async with open_store(settings.store_url, clock=utc_now) as store:
            counts = await store.deliveries.counts()
        if calm > CALM_LIVES and not counts[DeliveryState.PENDING]:
            return life, killed
    raise AssertionError


def order_faults(local: LocalDiscord, chance: random.Random) -> None:
    """Order what Discord does wrong with the next messages, and with the looks into channels."""
    kinds, shares = [fault for _, fault in MIX], [share for share, _ in MIX]
    for method, path in ASKED:
        good = 0
        for fault in chance.choices(kinds, shares, k=40):
            if fault is None:
                good += 1
            else:
                local.faults.order(method, path, fault, skip=good)


def posted_in(local: LocalDiscord, channel: Channel) -> list[Json]:
    """Return the messages of a channel, or of all posts of a forum, oldest first."""
    posts = [channel] if channel.forum is None else local.posts_in(channel)
    return [message for post in posts for message in post.messages]


async def report(store: Store, channels: list[list[Json]]) -> int:
    """Print how often each story came to each channel, and in which order; return the exit status."""
    counts: Counter[int] = Counter()
    disordered = 0
    wanted = {f"News of the {subject}" for subject in SUBJECTS[:STORIES]}
    for channel in channels:
        shown = [embed["title"] for message in channel for embed in message["embeds"]]
        counts.update(Counter(shown)[title] for title in wanted)
        slots = [(d.slot, d.part) for d in await _sent(store, channel)]
        disordered += slots != sorted(slots)
    for times in sorted(counts):
        print(f"came {times} times: {counts[times]} of {CHANNELS * STORIES} stories in channels")
    print(f"channels out of order: {disordered} of {CHANNELS}")
    return int(set(counts) != {1} or disordered > 0)


async def _sent(store: Store, channel: list[Json]) -> list[Delivery]:
    """Return the deliveries of a channel in the order of its messages."""
    found = []
    for message in channel:
        nonce = next(
            one["custom_id"].split(":")[2]
            for row in message["components"]
            for one in row["components"]
            if one.get("custom_id", "").startswith("hearsay:more:")
        )
        found.append(await store.deliveries.by_nonce(nonce, None))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=14)
    given = parser.parse_args()
    sys.exit(asyncio.run(main(given.kills, given.seed)))
