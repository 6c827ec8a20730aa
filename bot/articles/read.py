"""From an entry to the article it announces: its page where that can be read, else the feed's own content."""

from datetime import datetime
from urllib.parse import urlsplit

from bot.articles.address import canonical_url, host_of, same_site
from bot.articles.paragraphs import is_prose, word_count
from bot.articles.text import feed_text, page_text
from bot.articles.values import EntryToRead, Origin, PageText, ReadArticle
from bot.errors import ArticleError, FeedError, FetchFailed, NoText, WorkerFailed
from bot.feeds.http import PAGE_ACCEPT, Answer, Fetcher
from bot.feeds.plain import clipped
from bot.jobs.workers import Workers

ENOUGH_WORDS = 25
"""A text with fewer is no article: a caption, a consent notice, a line that asks to subscribe."""
STUB_SHARE = 0.6
"""A page with less than this share of the feed's own words is a stub: a paywall or a consent wall."""
FULL_WORDS = 150
"""An entry with so many words is the article itself: a page that cannot be fetched now need not be waited for."""
PATIENCE = 2
"""How often a page that cannot be fetched for the moment is tried again before the feed's summary will do."""
HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain")
LONGEST_TITLE = 300


async def read(
    entry: EntryToRead,
    *,
    fetcher: Fetcher,
    workers: Workers,
    now: datetime,
    max_bytes: int = 5_000_000,
    timeout: float | None = None,  # noqa: ASYNC109 - of the worker, which is killed then
) -> ReadArticle:
    """Return the article of `entry`.

    The page's text is taken unless the feed itself carries much more; a page that cannot be had leaves the feed's
    text, if that is enough to be one. Raises NoText where neither is, and FetchFailed (`retryable`) where the page
    is only out of reach for the moment.
    """
    if not entry.url:
        raise ArticleError("The entry has no link to an article.")
    own = await _feed_text(entry.html, workers, timeout)
    page: PageText | None = None
    address = entry.url
    trouble: FeedError | NoText | None = None
    try:
        answer = await fetcher.fetch(entry.url, accept=PAGE_ACCEPT, max_bytes=max_bytes)
        page, address = await _page(answer, workers, timeout), answer.url
    except FetchFailed as error:
        if error.retryable and _worth_waiting(entry, own):
            raise
        trouble = error
    except (FeedError, NoText) as error:
        trouble = error
    if page is not None and _is_better(page.text, own):
        return _article(entry, page, Origin.PAGE, address=address, text=page.text, now=now)
    if word_count(own) >= ENOUGH_WORDS:
        return _article(entry, page or PageText(""), Origin.FEED, address=address, text=own, now=now)
    if trouble is not None:
        raise trouble
    raise NoText(
        "The page holds too little text to be an article. It may need JavaScript, consent or a subscription."
    )


async def _feed_text(html: str, workers: Workers, timeout: float | None) -> str:  # noqa: ASYNC109
    if not html.strip():
        return ""
    try:
        return await workers.run(feed_text, html, timeout=timeout)
    except WorkerFailed:
        return ""


async def _page(answer: Answer, workers: Workers, timeout: float | None) -> PageText:  # noqa: ASYNC109
    kind = (answer.content_type or "").partition(";")[0].strip().lower()
    if answer.body.startswith(b"%PDF-") or kind == "application/pdf":
        raise NoText("The link leads to a PDF file, which Hearsay does not read.")
    if kind and kind not in HTML_TYPES:
        raise NoText(f"The link leads to a file ({clipped(kind, 60)}), not to a page.")
    if (urlsplit(answer.url).hostname or "").startswith("consent."):
        raise NoText("The site asks for consent before it shows the article.")
    try:
        return await workers.run(page_text, answer.body, answer.url, answer.content_type, timeout=timeout)
    except WorkerFailed as error:
        unread = NoText(f"The page could not be analysed: {error.message}")
        unread.retryable = True  # it may have been the machine's fault, or the bot was stopping
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
    return ReadArticle(
        url=url,
        outlet=page.site_name or entry.feed_title or host_of(url),
        title=clipped(entry.title or page.title or text.partition("\n")[0], LONGEST_TITLE),
        text=text,
        origin=origin,
        author=entry.author or page.author,
        published_at=None if published_at is None else min(published_at, now),
        image_url=page.image_url,
        language=page.language,
    )


def _may_be_canonical(named: str, address: str) -> bool:
    """A front page is a common mistake in canonical links; another site's article is no page's to claim."""
    return same_site(named, address) and (urlsplit(named).path.strip("/") != "" or urlsplit(address).path == "/")
