"""What is said more often than usual in a server's feeds."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.delivery.trends import ACTORS_SHOWN, TOPICS_SHOWN
from bot.digests.headline_words import Headlines, Topic, without_parts
from bot.digests.trends import FEWEST, rising
from bot.model.queries import ClaimQuery, Form
from bot.model.trends import Subject, Trend, Trends
from bot.services.engine import Services
from bot.services.server_settings import confidence_of
from bot.store.claims.counts_by_day import CountsByDay, Headline, Window, stories_by_day
from bot.text.content_words import content_words

PAST = 4
"""How many times as long the past is as the recent period."""
A_WEEK = 7
FEWEST_BEFORE = 20
"""With fewer stories in the past, it is unknown what is usual."""
DISTINCT_NAMES = 40
"""How many actors have names that do not count as topics: those with the most stories."""


async def trends_query(services: Services, guild_id: int, days: int = A_WEEK) -> ClaimQuery:
    """Return the query for what is said more often than usual in the last `days`."""
    confidence = await confidence_of(services, guild_id)
    return ClaimQuery(guild_id, minimum_confidence=confidence, form=Form.TRENDS, days=days)


async def trends_of(services: Services, query: ClaimQuery) -> Trends:
    """Return what is in more stories with claims than usual in the feeds of the server of a query.

    The recent period ends with this moment. Raises TooSlow.
    """
    guild_id, days = query.guild_id or 0, query.days or A_WEEK
    window = Window(services.clock(), days * (PAST + 1), days)
    counts = services.store.claim_counts
    by_day = await counts.by_day(guild_id, window, query.minimum_confidence, FEWEST)
    stories, before = _split(by_day.all, days)
    found = Trends((), days, days * PAST, window.until, stories, before, enough=before >= FEWEST_BEFORE)
    if not found.enough or not stories:
        return found
    actors = await asyncio.to_thread(_rising_actors, by_day, days)
    active = sorted(by_day.of_actors, key=lambda one: -sum(by_day.of_actors[one]))[:DISTINCT_NAMES]
    names = await counts.names(guild_id, window, [*active, *(actor_id for actor_id, _ in actors)])
    # thousands of headlines are split into words
    topics = await asyncio.to_thread(_rising_topics, by_day.headlines, window, list(names.values()))
    trends = [
        _trend(Subject.ACTOR, names[actor_id], by_day.of_actors[actor_id], by_day.all, days, times)
        for actor_id, times in actors
        if actor_id in names
    ]
    return Trends(
        (*trends[:ACTORS_SHOWN], *topics), days, found.past_days, found.until, stories, before, enough=True
    )


def _rising_actors(by_day: CountsByDay, days: int) -> list[tuple[int, float]]:
    counts = {actor_id: _split(some, days) for actor_id, some in by_day.of_actors.items()}
    return rising(counts, *_split(by_day.all, days))


def _rising_topics(headlines: Sequence[Headline], window: Window, names: Sequence[str]) -> list[Trend]:
    """Return the topics of headlines that are in more stories than usual."""
    read = Headlines()
    placed = {one.article_id: (one.story, one.day) for one in headlines}
    for one in headlines:
        read.add(one.article_id, one.title)
    by_day: dict[Topic, tuple[int, ...]] = {
        topic: stories_by_day((placed[article_id] for article_id in some), window)
        for topic, some in read.articles.items()
        if len(some) >= FEWEST
    }
    everything = stories_by_day(placed.values(), window)
    days = window.recent_days
    counts: Mapping[Topic, tuple[int, int]] = {topic: _split(some, days) for topic, some in by_day.items()}
    times = dict(rising(counts, *_split(everything, days)))
    recent = {topic: counts[topic][0] for topic in times}
    of_names = {word for name in names for word in content_words(name)}
    listed = without_parts(times, recent, of_names)[:TOPICS_SHOWN]
    return [
        _trend(Subject.TOPIC, read.written(topic), by_day[topic], everything, days, times[topic])
        for topic in listed
    ]


def _trend(
    subject: Subject, name: str, some: tuple[int, ...], everything: tuple[int, ...], days: int, times: float
) -> Trend:
    recent, before = _split(some, days)
    recent_all, before_all = _split(everything, days)
    return Trend(subject, name, recent, recent_all, before, before_all, times, some)


def _split(by_day: Sequence[int], days: int) -> tuple[int, int]:
    """Return how many stories are recent, and how many are from before."""
    return sum(by_day[-days:]), sum(by_day[:-days])
