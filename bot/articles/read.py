"""From an entry to the article it announces: its page if that can be read, otherwise the feed's own content."""

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.articles.manners import Manners
from bot.articles.paragraphs import is_prose
from bot.articles.seen_pages import SeenPages
from bot.articles.shared_links import is_apart, is_page_of
from bot.articles.text import feed_text, page_text
from bot.articles.walls import wall_of_address
from bot.errors import ArticleError, FeedError, FetchFailed, HearsayError, NoText, PageGone, WorkerFailed
from bot.fetching.canonical_url import canonical_url, host_of, is_slug, same_site
from bot.fetching.client import PAGE_ACCEPT, Answer, Fetcher
from bot.fetching.urls import parts_of
from bot.languages.translations import N_, _
from bot.model.articles import EntryToRead, Origin, PageText, ReadArticle, ReadBy, Wall
from bot.model.feeds import Validators
from bot.text.clipping import clip
from bot.text.counting import word_count
from bot.text.language import is_english, language_name, language_of
from bot.workers import Runs

_REMOVED_FOR_GOOD = 410
GONE = frozenset({404, _REMOVED_FOR_GOOD})
"""Statuses that say that a page is gone."""
ENOUGH_WORDS = 25
"""A text with fewer words is not an article: a caption, a consent notice, an appeal to subscribe."""
STUB_SHARE = 0.6
"""A page with less than this share of the feed's own words is a stub: a paywall or a consent wall."""
FULL_WORDS = 150
"""An entry with this many words is the article itself: there is no need to wait for a page that is unreachable."""
PATIENCE = 2
"""How often a temporarily unreachable page is tried again before the feed's summary is used."""
_ELSEWHERE = (Wall.CONSENT, Wall.LOGIN, Wall.GONE)
"""Walls that a site may redirect to, so that the final address is not the article's."""
HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain")
LONGEST_TITLE = 300
LINKED_DATA = N_("The page itself shows less; this is the text in its linked data.")


async def read(
    entry: EntryToRead,
    *,
    fetcher: Fetcher,
    workers: Runs,
    now: datetime,
    manners: Manners | None = None,
    seen: SeenPages | None = None,
    max_bytes: int = 5_000_000,
    timeout: float | None = None,  # noqa: ASYNC109 - of the worker, which is killed then
) -> ReadArticle:
    """Return the article of `entry`.

    The page's text is used unless the feed itself has much more. If the page is unreachable, or `manners` forbid
    the request (None: a person asks for it), the feed's text is used, if it is long enough for an article; `note`
    says why. Raises NoText or another ArticleError if there is neither, FetchFailed (`retryable`) if the page is
    temporarily unreachable, and PageUnchanged if the page of an entry that was read before has not changed since
    it was `seen`.
    """
    own = await _feed_text(entry.html, workers, timeout)
    if not entry.url:
        return _without_link(entry, own, now)
    others = [await _feed_text(html, workers, timeout) for html in entry.sharing]
    apart = word_count(own) >= ENOUGH_WORDS and await asyncio.to_thread(is_apart, own, others) if others else False
    page, address, trouble = await _visited(entry, own, fetcher, workers, manners, seen, max_bytes, timeout)
    if apart and page is not None and not await asyncio.to_thread(is_page_of, page.text, own, others):
        page, trouble, address = None, NoText(_("Several entries of the feed share this link.")), entry.url
    wall = page.wall if page is not None else None
    if wall is not None:
        trouble = NoText(wall.message)
    if page is not None and wall in (None, Wall.PAYWALL) and _is_better(page.text, own):
        article = _article(entry, page, Origin.PAGE, address=address, text=page.text, now=now)
        shown = LINKED_DATA if page.read_by is ReadBy.LINKED_DATA else None
        article = replace(article, note=_joined(wall and wall.message, shown, article.note))
        return _of_its_own(article, entry) if apart else article
    if word_count(own) >= ENOUGH_WORDS:
        # A wall's metadata does not apply to the article behind it.
        said = page if page is not None and wall in (None, Wall.PAYWALL) else PageText("")
        address = entry.url if wall in _ELSEWHERE else address
        article = _article(entry, said, Origin.FEED, address=address, text=own, now=now)
        article = replace(article, note=_joined(_note(trouble), article.note))
        return _of_its_own(article, entry) if apart else article
    if trouble is not None:
        raise trouble
    raise NoText(
        _("The page holds too little text to be an article. It may need JavaScript, consent or a subscription.")
    )


async def _visited(
    entry: EntryToRead,
    own: str,
    fetcher: Fetcher,
    workers: Runs,
    manners: Manners | None,
    seen: SeenPages | None,
    max_bytes: int,
    timeout: float | None,  # noqa: ASYNC109
) -> tuple[PageText | None, str, FeedError | ArticleError | None]:
    """Return the page of an entry and the address it was found at, or the obstacle; see `read`."""
    url = entry.url or ""
    try:
        answer = await _fetched(url, fetcher, manners, max_bytes, seen.validators(entry) if seen else None)
        if seen is not None:
            seen.check(entry, answer)
        return await _page(entry, answer, workers, timeout), answer.url, None
    except FetchFailed as error:
        if entry.was_read and error.status in GONE:
            may_be_back = error.status != _REMOVED_FOR_GOOD and entry.attempts < PATIENCE
            raise PageGone(error.message, retryable=may_be_back) from error
        if error.retryable and _worth_waiting(entry, own):
            raise
        return None, url, error
    except (FeedError, ArticleError) as error:
        return None, url, error


def _without_link(entry: EntryToRead, own: str, now: datetime) -> ReadArticle:
    """Return the article of an entry without a link, the feed's text; raise ArticleError if it is too short."""
    if not entry.site_url or word_count(own) < ENOUGH_WORDS:
        raise ArticleError(_("The entry has no link to an article."))
    article = _article(entry, PageText(""), Origin.FEED, address=entry.site_url, text=own, now=now)
    note = _("This is the feed's own text. The entry has no link to an article.")
    return replace(_of_its_own(article, entry), note=_joined(note, article.note))


def _of_its_own(article: ReadArticle, entry: EntryToRead) -> ReadArticle:
    """Return the article of an entry that shares its link with others, without their texts."""
    return replace(article, url=entry.url or article.url, key=entry.key or None)


def _foreign(language: str) -> str:
    return _(
        "The article is in {language}; Hearsay finds claims in English only.", language=language_name(language)
    )


def _joined(*notes: str | None) -> str | None:
    return " ".join(note for note in notes if note) or None


def _note(trouble: HearsayError | None) -> str | None:
    return None if trouble is None else f"This is the feed's own text. {trouble.message}"


async def _fetched(
    url: str, fetcher: Fetcher, manners: Manners | None, max_bytes: int, validators: Validators | None
) -> Answer:
    """Return the page at `url`; if redirects lead to another site, its rules apply as well."""
    if manners is not None:
        await manners.check(url)
    answer = await fetcher.fetch(
        url, accept=PAGE_ACCEPT, max_bytes=max_bytes, validators=validators or Validators()
    )
    if manners is not None and answer.url != url:
        await manners.check(answer.url)
    return answer


async def _feed_text(html: str, workers: Runs, timeout: float | None) -> str:  # noqa: ASYNC109
    if not html.strip():
        return ""
    try:
        return await workers.run(feed_text, html, timeout=timeout)
    except WorkerFailed:
        return ""


async def page_of(
    url: str,
    answer: Answer,
    workers: Runs,
    *,
    thorough: bool = False,
    timeout: float | None = None,  # noqa: ASYNC109 - of the worker
) -> PageText:
    """Return the page in `answer`, the response to a request for `url`.

    Raises NoText if it is not a page, and WorkerFailed if reading it takes too much time or memory.
    """
    kind = (answer.content_type or "").partition(";")[0].strip().lower()
    if answer.body.startswith(b"%PDF-") or kind == "application/pdf":
        raise NoText(_("The link leads to a PDF file, which Hearsay does not read."))
    if kind and kind not in HTML_TYPES:
        raise NoText(_("The link leads to a file ({kind}), not to a page.", kind=clip(kind, 60)))
    if wall := wall_of_address(url, answer.url):
        return PageText("", wall=wall)
    return await workers.run(page_text, answer.body, answer.url, answer.content_type, thorough, timeout=timeout)


async def _page(
    entry: EntryToRead,
    answer: Answer,
    workers: Runs,
    timeout: float | None,  # noqa: ASYNC109
) -> PageText:
    try:
        return await page_of(entry.url or "", answer, workers, timeout=timeout)
    except WorkerFailed as error:
        unread = NoText(_("The page could not be analysed: {message}", message=error.message))
        # The machine may be to blame, or the bot was stopping; if it happens again, the page stalls workers.
        unread.retryable = entry.attempts < PATIENCE
        raise unread from error


def _worth_waiting(entry: EntryToRead, own: str) -> bool:
    words = word_count(own)
    return words < ENOUGH_WORDS or (words < FULL_WORDS and entry.attempts < PATIENCE)


def _is_better(page: str, own: str) -> bool:
    words = word_count(page)
    return words >= ENOUGH_WORDS and is_prose(page) and words >= STUB_SHARE * word_count(own)


def _article(
    entry: EntryToRead, page: PageText, origin: Origin, *, address: str, text: str, now: datetime
) -> ReadArticle:
    named = page.canonical_url
    url = canonical_url(named if named and _may_be_canonical(named, address) else address)
    published_at = entry.published_at or page.published_at
    language = language_of(text, page.language)
    return ReadArticle(
        url=url,
        outlet=page.site_name or entry.feed_title or host_of(url),
        title=clip(entry.title or page.title or text.partition("\n")[0], LONGEST_TITLE),
        text=text,
        origin=origin,
        author=entry.author or page.author,
        published_at=None if published_at is None else min(published_at, now),
        image_url=page.image_url,
        language=language,
        note=None if language is None or is_english(language) else _foreign(language),
    )


def _may_be_canonical(named: str, address: str) -> bool:
    """Return whether to believe the canonical link `named` of a page at `address`.

    A common mistake is a canonical link to the front page or a section, which would make all articles one. And no
    page may claim another site's article.
    """
    if not same_site(named, address):
        return False
    parts = parts_of(canonical_url(address)), parts_of(canonical_url(named))
    own, claimed = (part.path.rstrip("/") if part else "" for part in parts)
    if not claimed:
        return not own
    return not own.startswith(claimed + "/") or is_slug(claimed.rpartition("/")[2])
