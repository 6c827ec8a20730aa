"""Stores articles in the same state as the steps would, without fetching or reading anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from bot.model.articles import Origin, ReadArticle
from bot.model.claims import Actor, ActorType, Claim, Extraction, Kind, Span, Wording
from bot.model.feeds import Feed, FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus
from bot.runner import steps
from bot.services.engine import Services
from bot.store.schema.news_tables import EntryRow
from tests.factories import save_outcome

FILLER = "The weather stayed fine throughout the day, and traffic was light."


@dataclass(frozen=True)
class Words:
    """Something that was said. Without an actor, the speaker is unknown. `due` are words of the content."""

    actor: str | None
    content: str
    verbatim: Wording = Wording.VERBATIM
    confidence: float = 0.9
    kind: Kind = Kind.STATEMENT
    role: str | None = None
    due: str | None = None


async def feed_in(services: Services, guild_id: int, name: str = "Example Times") -> Feed:
    """Return a feed that a server has. Its address is never fetched."""
    url = f"https://{name.lower().replace(' ', '-')}.example/feed"
    feed = await services.store.feeds.add(url, title=name)
    await services.store.guilds.attach(guild_id, feed.id, 1, limit=100)
    later = services.clock() + timedelta(days=400)
    await save_outcome(services.store, _outcome(services, feed, PollStatus.UNCHANGED))
    return replace(feed, next_poll_at=later)


async def print_article(
    services: Services,
    feed: Feed,
    title: str,
    words: Sequence[Words],
    *,
    age: timedelta = timedelta(minutes=5),
    around: str = FILLER,
) -> int:
    """Store an article in which these words are said, between other sentences. Return its id."""
    store = services.store
    known = f"{feed.site_url or feed.url}/{abs(hash(title))}"
    entry = ParsedEntry(key=known, url=known, title=title, html="<p>…</p>")
    document = ParsedFeed(title=feed.title, entries=(entry,))
    await save_outcome(store, replace(_outcome(services, feed, PollStatus.CHANGED), feed=document))
    waiting = await store.articles.entries_to_read(services.clock(), 1000)
    entry_id = next(one.entry_id for one in waiting if one.url == known)
    text, claims = _text_of(words, around)
    article = ReadArticle(
        url=known,
        outlet=feed.title,
        title=title,
        text=text,
        origin=Origin.PAGE,
        published_at=services.clock() - age,
        language="en",
    )
    article_id = await store.articles.save_read(entry_id, article)
    roles = {one.actor: one.role for one in words if one.actor}
    actors = tuple(Actor(name, ActorType.PERSON, role, salience=0.5) for name, role in roles.items())
    await store.claims.save_extraction(article_id, Extraction(actors, claims))
    await steps.group_articles(store, services.clock)
    return article_id


async def reprint_article(services: Services, article_id: int, words: Sequence[Words], *, title: str = "") -> None:
    """Correct an article: from now on, these words are said in it."""
    store = services.store
    known = await store.articles.get(article_id)
    text, claims = _text_of(words, FILLER)
    article = ReadArticle(
        url=known.url,
        outlet=known.outlet,
        title=title or known.title,
        text=text,
        origin=Origin.PAGE,
        published_at=known.published_at,
        language="en",
    )
    await store.articles.save_read(await entry_of(services, article_id), article)
    names = dict.fromkeys(one.actor for one in words if one.actor)
    actors = tuple(Actor(name, ActorType.PERSON, salience=0.5) for name in names)
    await store.claims.save_extraction(article_id, Extraction(actors, claims))


async def entry_of(services: Services, article_id: int) -> int:
    """Return the entry that led to an article."""
    query = select(EntryRow.id).where(EntryRow.article_id == article_id)
    async with services.store.database.reading() as connection:
        return int((await connection.execute(query)).scalar_one())


def _outcome(services: Services, feed: Feed, status: PollStatus) -> PollOutcome:
    now = services.clock()
    later = now + timedelta(days=400)
    return PollOutcome(feed.id, status, polled_at=now, next_poll_at=later, state=FeedState.HEALTHY)


def _text_of(words: Sequence[Words], around: str) -> tuple[str, tuple[Claim, ...]]:
    text = around
    claims = []
    for one in words:
        text += "\n\n"
        start = len(text)
        text += "“" if one.verbatim is Wording.VERBATIM else ""
        content: Span = (len(text), len(text) + len(one.content))
        text += one.content + ("”" if one.verbatim is Wording.VERBATIM else "") + ", said "
        cue: Span = (len(text) - len("said "), len(text) - 1)
        speaker = one.actor or "somebody"
        source: tuple[Span, ...] = ((len(text), len(text) + len(speaker)),) if one.actor else ()
        text += speaker + "."
        claims.append(
            Claim(
                source=source,
                cue=(cue,),
                content=(content,),
                actor=one.actor,
                kind=one.kind,
                verbatim=one.verbatim,
                confidence=one.confidence,
                evidence=(start, len(text)),
                kind_confidence=1.0,
                due=_within(content[0], one.content, one.due),
            )
        )
    return f"{text}\n\n{around}", tuple(claims)


def _within(start: int, content: str, part: str | None) -> Span | None:
    if part is None:
        return None
    first = start + content.index(part)
    return first, first + len(part)
