"""Builders for values with all fields filled in. A test names only the fields that matter to it."""

import contextlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.errors import AlreadyThere
from bot.model.articles import Origin, ReadArticle
from bot.model.claims import Actor, ActorType, Claim, Extraction, Kind, Span, Wording
from bot.model.digests import Plan, Selection, Subscription
from bot.model.feeds import Feed, FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus
from bot.store import Store
from bot.store.feeds.poll_outcomes import SavedPoll
from bot.store.servers.deliveries import NewDigest

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
GUILD = 81384788765712384
OTHER_GUILD = 81384788765712385
USER = 80351110224678912
CHANNEL = 41771983423143937
TEXT = "The dam is safe, Ada Quist said on Monday. “We will open it in May,” she added."
_numbers = itertools.count(1)


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Advance the clock by the arguments of timedelta. Return the new time."""
        self.now += timedelta(**by)
        return self.now


def an_entry(**given: Any) -> ParsedEntry:
    """Return an entry, with a key and an address of its own."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "key": f"entry-{number}",
        "url": f"https://news.example/{number}",
        "title": f"Title {number}",
        "html": "<p>Text</p>",
    }
    return ParsedEntry(**values | given)


def a_feed(*entries: ParsedEntry, **given: Any) -> ParsedFeed:
    """Return a feed document with these entries, or with one."""
    values: dict[str, Any] = {"title": "The Courier", "site_url": "https://news.example/"}
    return ParsedFeed(**values | {"entries": entries or (an_entry(),)} | given)


def an_outcome(feed_id: int, *entries: ParsedEntry, **given: Any) -> PollOutcome:
    """Return the outcome of a poll that found these entries."""
    values: dict[str, Any] = {
        "status": PollStatus.CHANGED,
        "polled_at": NOON,
        "next_poll_at": NOON + timedelta(minutes=15),
        "state": FeedState.HEALTHY,
        "feed": a_feed(*entries),
    }
    return PollOutcome(feed_id, **values | given)


async def save_outcome(store: Store, outcome: PollOutcome) -> SavedPoll:
    """Store one outcome, as the bot stores many. Return the result."""
    (saved,) = await store.feeds.save_outcomes([outcome])
    return saved


def an_article(**given: Any) -> ReadArticle:
    """Return an article as read, with an address of its own."""
    values: dict[str, Any] = {
        "url": f"https://news.example/articles/{next(_numbers)}",
        "outlet": "The Courier",
        "title": "Dam is safe, says engineer",
        "text": TEXT,
        "origin": Origin.PAGE,
        "published_at": NOON - timedelta(hours=1),
        "language": "en",
    }
    return ReadArticle(**values | given)


def an_actor(name: str = "Ada Quist", **given: Any) -> Actor:
    """Return a person."""
    values: dict[str, Any] = {"type": ActorType.PERSON, "salience": 0.5}
    return Actor(name, **values | given)


def span_in(text: str, part: str) -> Span:
    """Return the span of the first occurrence of `part` in `text`."""
    start = text.index(part)
    return start, start + len(part)


def a_claim(
    text: str = TEXT,
    *,
    content: str = "The dam is safe",
    source: str | None = "Ada Quist",
    cue: str = "said",
    actor: str | None = "Ada Quist",
    **given: Any,
) -> Claim:
    """Return a claim whose parts are given as words of `text`, which is also its evidence."""
    spans = {
        "source": (span_in(text, source),) if source else (),
        "cue": (span_in(text, cue),) if cue else (),
        "content": (span_in(text, content),),
    }
    ends = [end for some in spans.values() for span in some for end in span]
    values: dict[str, Any] = {
        "kind": Kind.STATEMENT,
        "verbatim": Wording.PARAPHRASED,
        "confidence": 0.9,
        "evidence": (min(ends), max(ends)),
    }
    return Claim(source=spans["source"], cue=spans["cue"], content=spans["content"], actor=actor, **values | given)


def an_extraction(*claims: Claim, actors: Sequence[Actor] | None = None) -> Extraction:
    """Return an extraction, by default one claim by one actor in TEXT."""
    claims = claims or (a_claim(),)
    if actors is None:
        actors = [an_actor(name) for name in dict.fromkeys(claim.actor for claim in claims) if name]
    return Extraction(tuple(actors), claims)


def said(content: str, actor: str = "Ada Quist", **given: Any) -> tuple[str, Extraction]:
    """Return a text in which an actor says `content`, and its extraction."""
    text = f"{content}, {actor} said."
    kind = {"type": given.pop("type", ActorType.PERSON), "aliases": tuple(given.pop("aliases", ()))}
    claim = a_claim(text, content=content, source=actor, actor=actor, **given)
    return text, an_extraction(claim, actors=[an_actor(actor, **kind)])


@dataclass(frozen=True, slots=True)
class Stored:
    """The stored rows of one article."""

    feed: Feed
    entry_id: int
    article_id: int


async def an_attached_feed(
    store: Store, guild_id: int | None = GUILD, url: str = "https://news.example/rss"
) -> Feed:
    """Store a feed, unless it is known, and add it to a server (None: the host)."""
    feed = await store.feeds.add(url, title="The Courier", kept_by_host=guild_id is None)
    if guild_id is not None:
        with contextlib.suppress(AlreadyThere):
            await store.guilds.attach(guild_id, feed.id, USER, limit=1000)
    return feed


async def stored_article(
    store: Store,
    guild_id: int | None = GUILD,
    *,
    feed_url: str = "https://news.example/rss",
    article: ReadArticle | None = None,
    extraction: Extraction | None = None,
    seen_at: datetime = NOON,
    grouped: bool = False,
) -> Stored:
    """Store a feed of a server, an entry, its article and its extraction, and a story if `grouped`."""
    feed = await an_attached_feed(store, guild_id, feed_url)
    before = {
        entry.entry_id for entry in await store.articles.entries_to_read(seen_at + timedelta(days=9999), 10_000)
    }
    await save_outcome(store, an_outcome(feed.id, an_entry(), polled_at=seen_at))
    after = await store.articles.entries_to_read(seen_at + timedelta(days=9999), 10_000)
    entry_id = next(entry.entry_id for entry in after if entry.entry_id not in before)
    article_id = await store.articles.save_read(entry_id, article or an_article())
    await store.claims.save_extraction(article_id, extraction if extraction is not None else an_extraction())
    if grouped:
        await store.stories.save(article_id, None, {"dam": 1.0})
    return Stored(feed, entry_id, article_id)


async def stored_claims(store: Store, *contents: str, actor: str = "Ada Quist", **given: Any) -> list[int]:
    """Store an article for each of `contents`, said by `actor`. Return the articles' ids."""
    ids = []
    for content in contents:
        text, extraction = said(content, actor)
        stored = await stored_article(store, article=an_article(text=text), extraction=extraction, **given)
        ids.append(stored.article_id)
    return ids


async def a_subscription(store: Store, guild_id: int = GUILD, **given: Any) -> Subscription:
    """Store a daily digest that is due at NOON; `given` are fields of its plan or selection, and of `add`."""
    plan: dict[str, Any] = {"channel_id": CHANNEL, "at": time(9, 30), "timezone": "Europe/Berlin"}
    selection: dict[str, Any] = {"minimum_confidence": 0.5}
    rest: dict[str, Any] = {"created_by": USER, "next_at": NOON, "limit": 25}
    for name, value in given.items():
        kind = plan if name in Plan.__dataclass_fields__ else selection
        (rest if name in rest else kind)[name] = value
    return await store.subscriptions.add(guild_id, Plan(**plan), Selection(guild_id=guild_id, **selection), **rest)


async def put_digest(
    store: Store,
    subscription_id: int,
    slot: datetime,
    payloads: Sequence[tuple[str, dict[str, Any]]],
    article_ids: Sequence[int],
    next_at: datetime,
    covers: Mapping[int, int] | None = None,
) -> list[int]:
    """Put the messages of one digest, each with its nonce, into the outbox. Return the ids of the deliveries."""
    digest = NewDigest(subscription_id, slot, payloads, article_ids, next_at, covers or {})
    (ids,) = await store.deliveries.put_all([digest])
    return ids
