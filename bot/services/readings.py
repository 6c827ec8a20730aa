"""Pages and texts that somebody wants read at once, in a server or anywhere else: who said what in them."""

import asyncio
import re
import secrets
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

from bot.articles.read import read
from bot.delivery.claims import timestamp
from bot.errors import BadInput, FetchFailed, LimitReached, NotFound
from bot.fetching.canonical_url import host_of
from bot.fetching.host_budget import CountedWorkers
from bot.languages.known_languages import ENGLISH
from bot.languages.spoken import speaking
from bot.languages.translations import N_, _, english
from bot.model.articles import EntryToRead, Origin, ReadArticle
from bot.model.claims import Evidence, Extraction
from bot.model.readings import Reading
from bot.services.engine import Services
from bot.services.explanations import entries_at
from bot.services.fresh_claims import evidence_in
from bot.services.read_sources import Source, title_of_text
from bot.services.reports import with_disputes
from bot.services.server_settings import confidence_of
from bot.store.schema.columns import ArticleState, storable
from bot.text.language import is_english, language_name, language_of

A_TEXT = N_("A text")
"""The outlet of texts that are not pages."""
CACHED = timedelta(hours=1)
"""How long a page that was read answers others who ask for it: articles are corrected in their first hours."""
STORED_KEY = re.compile(r"a(\d{1,18})")
"""The key of an article from a server's feeds; other keys cannot be guessed."""


async def reading_of(services: Services, source: Source, *, guild_id: int | None, user_id: int) -> Reading:
    """Return who said what in a page or a text.

    An article from a feed of the server is not read again; its stored claims are used. A page or text read for
    somebody within the last hour is not read again either. Nothing becomes part of a server's archive.

    Raises LimitReached if the person, their server or the host of the page has had enough for now, or if too many
    pages are being read, and other errors for anything that keeps a page from being read: it is not a public
    address, the site excludes robots, it contains no text, and so on.
    """
    if source.url is not None and guild_id is not None:
        stored = await _stored(services, guild_id, source.url)
        if stored is not None:
            return stored
    subject = source.subject
    kept = await services.store.readings.latest(subject, services.clock() - CACHED)
    if kept is not None:
        return kept
    under_way = services.readings.under_way
    task = under_way.get(subject)
    if task is None:
        holder = user_id if guild_id is None else guild_id
        with ExitStack() as places:
            places.enter_context(services.readings.place(holder))
            services.readings.admit(user_id, services.clock())
            held = places.pop_all()  # until it has been read
        task = under_way[subject] = asyncio.create_task(_read(services, source), name="reading")
        task.add_done_callback(lambda _done: held.close())
        task.add_done_callback(lambda done: _forget(under_way, subject, done))
    # everyone else who waits for it gets it, even if the first task is cancelled
    return await asyncio.shield(task)


async def kept_reading(services: Services, key: str, guild_id: int | None) -> Reading:
    """Return an earlier reading by its key. Raises NotFound if it is no longer kept, or not for this server."""
    if match := STORED_KEY.fullmatch(key):
        if guild_id is None:
            raise NotFound(_("This answer belongs to a server. Ask there."))
        return await _of_article(services, guild_id, int(match[1]))
    return await services.store.readings.get(key)


async def kept_evidence(services: Services, key: str, number: int) -> Evidence:
    """Return the claim with this number, from 1, of an earlier reading. Raises NotFound."""
    reading = await services.store.readings.get(key)
    if not 1 <= number <= len(reading.evidence):
        raise NotFound(_("This claim is gone. Ask again."))
    return reading.evidence[number - 1]


def _forget(under_way: dict[str, asyncio.Task[Reading]], subject: str, task: asyncio.Task[Reading]) -> None:
    under_way.pop(subject, None)
    if not task.cancelled():
        task.exception()  # all waiting tasks may have been cancelled: keep the loop from complaining


async def _stored(services: Services, guild_id: int, url: str) -> Reading | None:
    """Return the article from a server's feeds at an address, if it has been analysed."""
    for entry in await entries_at(services, guild_id, url):
        if entry.article_id is not None:
            article = await services.store.explanations.article(entry.article_id, guild_id)
            if article is not None and article.state is ArticleState.EXTRACTED:
                return await _of_article(services, guild_id, entry.article_id)
    return None


async def _of_article(services: Services, guild_id: int, article_id: int) -> Reading:
    """Return an article as a server sees it. Raises NotFound."""
    minimum = await confidence_of(services, guild_id)
    place, claims = await services.store.claims.of_article(article_id, guild_id, minimum)
    marked = await with_disputes(services, guild_id, claims)
    return Reading(
        key=f"a{article_id}",
        title=place.title,
        outlet=place.outlet,
        url=place.url,
        published_at=place.published_at,
        claims=marked,
        article_id=article_id,
    )


async def _read(services: Services, source: Source) -> Reading:
    with speaking(ENGLISH):  # stored articles are open to everybody
        return await _read_now(services, source)


async def _read_now(services: Services, source: Source) -> Reading:
    if source.url is not None:
        await _take_turn(services, source.url)
        article = await _page(services, source.url)
    else:
        article = _text(services, source.text)
    extraction = Extraction((), ())
    if is_english(article.language):
        title = article.title if source.url is not None else None
        async with services.readings.room:  # a task that waits for a site makes room for others
            extraction = await services.extractor.extract(article.text, title)
    published_at = article.published_at or services.clock()
    minimum = services.settings.minimum_confidence
    evidence = await asyncio.to_thread(evidence_in, article, extraction, published_at, minimum)
    reading = Reading(
        key=secrets.token_hex(8),
        title=article.title,
        outlet=article.outlet,
        url=article.url if source.url is not None else None,
        published_at=article.published_at,
        claims=tuple(one.claim for one in evidence),
        evidence=evidence,
        note=None if article.note is None else english(article.note),
    )
    # only for the requested address: a page's author chooses which address it claims for itself
    await services.store.readings.put(reading, source.subject)
    return reading


async def _take_turn(services: Services, url: str) -> None:
    """Wait for a turn at the host of a page. Raises LimitReached and FetchFailed if that is too far off."""
    host = host_of(url)
    if wait := services.page_budget.wait(host):
        raise LimitReached(
            _(
                "Pages of {host} have taken too much time of late. Ask again {when}.",
                host=host,
                when=_after(services, wait),
            )
        )
    if turn := await services.manners.turn(url):
        raise FetchFailed(
            _("{host} asks for a pause between pages. Ask again {when}.", host=host, when=_after(services, turn))
        )


async def _page(services: Services, url: str) -> ReadArticle:
    """Return the article at an address, read as politely as an entry of a feed. Raises a HearsayError."""
    entry = EntryToRead(entry_id=0, feed_title="", url=url, title="", author=None, published_at=None, html="")
    article = await read(
        entry,
        fetcher=services.fetcher,
        workers=CountedWorkers(services.workers, services.page_budget, host_of(url)),
        now=services.clock(),
        manners=services.manners,
        max_bytes=services.settings.fetch_max_bytes,
    )
    return _storable(article)


def _text(services: Services, text: str) -> ReadArticle:
    language = language_of(text)
    note = None
    if language is not None and not is_english(language):
        name = language_name(language)
        note = _("The text is in {language}; Hearsay finds claims in English only.", language=name)
    article = ReadArticle(
        url="",
        outlet=A_TEXT,
        title=title_of_text(text),
        text=text,
        origin=Origin.PAGE,
        published_at=services.clock(),
        language=language,
        note=note,
    )
    return _storable(article)


def _storable(article: ReadArticle) -> ReadArticle:
    """Return the article with characters replaced, one by one, that no database can store."""
    if not article.text.strip():
        raise BadInput(_("There is no text to read."))
    return replace(
        article,
        outlet=storable(article.outlet),
        title=storable(article.title),
        text=storable(article.text),
    )


def _after(services: Services, wait: timedelta) -> str:
    """Return the end of a wait, as Discord shows it: "in 3 minutes"."""
    return timestamp(services.clock() + wait, "R")
