import asyncio
import html
import json
import pickle
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.errors import NotFound
from preview.newsroom import OUTLETS, Article, Fault, Newsroom

NOON = datetime(2025, 11, 24, 12, 0, 0, 250_000, tzinfo=UTC)


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def newsroom(clock: Hands) -> AsyncIterator[Newsroom]:
    async with Newsroom(clock) as newsroom:
        yield newsroom


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def body(session: aiohttp.ClientSession, url: str, **headers: str) -> bytes:
    async with session.get(url, headers=headers) as answer:
        answer.raise_for_status()
        return await answer.read()


def words(text: str) -> str:
    return " ".join(text.split())


async def test_an_xml_feed_gives_titles_links_and_dates(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    for key in ("courier", "meridian"):
        feed = as_others_read(await body(session, newsroom.feed_url(key)))
        articles = newsroom.articles_of(key)
        assert not feed.bozo
        assert feed.feed.title == OUTLETS[key].title
        assert [entry.title for entry in feed.entries] == [article.title for article in articles]
        assert [entry.link.partition("?")[0] for entry in feed.entries] == [
            newsroom.article_url(article.slug) for article in articles
        ]
        assert [_moment(entry) for entry in feed.entries] == [article.published_at for article in articles]
        assert [entry.author for entry in feed.entries] == [article.byline for article in articles]


async def test_the_atom_feed_carries_whole_articles_and_the_rss_feed_only_summaries(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    atom = as_others_read(await body(session, newsroom.feed_url("meridian")))
    for entry, article in zip(atom.entries, newsroom.articles_of("meridian"), strict=True):
        content = html.unescape(entry.content[0].value)
        assert all(f"<p>{paragraph}</p>" in content for paragraph in article.paragraphs)
    rss = as_others_read(await body(session, newsroom.feed_url("courier")))
    assert not any("content" in entry for entry in rss.entries)
    assert all(len(entry.summary) < 500 for entry in rss.entries)


async def test_the_json_feed_gives_titles_links_and_dates(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    feed = json.loads(await body(session, newsroom.feed_url("konkan")))
    articles = newsroom.articles_of("konkan")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == [article.title for article in articles]
    assert [item["url"] for item in feed["items"]] == [newsroom.article_url(a.slug) for a in articles]
    dates = [datetime.fromisoformat(item["date_published"]) for item in feed["items"]]
    assert dates == [article.published_at for article in articles]
    assert {date.utcoffset() for date in dates} == {timedelta(hours=5, minutes=30)}


async def test_the_scraped_feed_is_odd_but_readable(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
    feed = as_others_read(await body(session, newsroom.feed_url("heap")))
    articles = newsroom.articles_of("heap")
    assert any("&" in entry.title and ";" in entry.title for entry in feed.entries)
    assert [html.unescape(entry.title) for entry in feed.entries] == [article.title for article in articles]
    assert [entry.link for entry in feed.entries] == [newsroom.article_url(a.slug) for a in articles]
    dated = [(_moment(e), a.published_at) for e, a in zip(feed.entries, articles, strict=True) if "published" in e]
    assert len(dated) == len(articles) - 1
    assert all(given == right for given, right in dated)


async def test_every_page_gives_its_whole_text_and_no_clutter(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    import trafilatura
    from trafilatura.settings import Document

    for article in newsroom.articles:
        url = newsroom.article_url(article.slug)
        found = trafilatura.bare_extraction(
            (await body(session, url)).decode(), url=url, with_metadata=True, include_comments=False
        )
        assert isinstance(found, Document)
        assert found.title == article.title
        assert found.date == _printed_date(article)
        assert found.text is not None
        assert words(found.text) == words(" ".join(article.printed)), article.slug


async def test_dates_stay_in_the_past_whenever_the_newsroom_opens(clock: Hands) -> None:
    for days in (0, 100, 5000):
        clock.now = NOON + timedelta(days=days)
        async with Newsroom(clock) as newsroom:
            ages = [clock.now - article.published_at for article in newsroom.articles]
            assert min(ages) > timedelta(hours=1)
            assert max(ages) < timedelta(days=5)


async def test_a_held_back_article_comes_out_when_it_is_published(
    newsroom: Newsroom, session: aiohttp.ClientSession, clock: Hands
) -> None:
    slug = "brandreth-appointed"
    before = await body(session, newsroom.feed_url("courier"))
    assert slug.encode() not in before
    with pytest.raises(NotFound):
        newsroom.article_url(slug)
    clock.now += timedelta(minutes=5)
    article = newsroom.publish(slug)
    assert article.published_at == clock.now.replace(microsecond=0)
    assert newsroom.articles_of("courier")[0] == article
    assert slug.encode() in await body(session, newsroom.feed_url("courier"))
    assert b"every page, including the dull ones" in await body(session, newsroom.article_url(slug))
    with pytest.raises(NotFound):
        newsroom.publish(slug)


async def test_an_etag_goes_round_until_something_is_published(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    url = newsroom.feed_url("courier")
    async with session.get(url) as answer:
        etag, changed = answer.headers["ETag"], answer.headers["Last-Modified"]
    for headers in (
        {"If-None-Match": etag},
        {"If-Modified-Since": changed},
        {"If-None-Match": etag, "If-Modified-Since": changed},
    ):
        async with session.get(url, headers=headers) as answer:
            assert answer.status == 304
            assert await answer.read() == b""
            assert answer.headers["ETag"] == etag
    newsroom.publish("brandreth-appointed")
    async with session.get(url, headers={"If-None-Match": etag, "If-Modified-Since": changed}) as answer:
        assert answer.status == 200
        assert answer.headers["ETag"] != etag


async def test_an_outlet_without_validators_gives_the_same_bytes_again(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    url = newsroom.feed_url("heap")
    async with session.get(url) as answer:
        assert "ETag" not in answer.headers
        assert "Last-Modified" not in answer.headers
        first = await answer.read()
    assert await body(session, url) == first


async def test_gzip_is_sent_only_to_those_who_take_it(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
    url = newsroom.feed_url("meridian")
    async with session.get(url, headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        first = await packed.read()
    async with session.get(url, headers={"Accept-Encoding": "identity"}) as plain:
        assert "Content-Encoding" not in plain.headers
        assert await plain.read() == first


async def test_a_home_page_leads_to_its_feed(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
    for key in OUTLETS:
        page = (await body(session, f"{newsroom.url}/{key}/")).decode()
        base = re.search(r'<base href="([^"]+)"', page)
        alternate = re.search(r'<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"', page)
        assert base
        assert alternate
        assert base[1] + alternate[1] == newsroom.feed_url(key)


async def test_the_doors_that_every_site_has(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
    assert b"User-agent: *" in await body(session, f"{newsroom.url}/robots.txt")
    assert b"Konkan Mercury" in await body(session, f"{newsroom.url}/")
    assert (await body(session, f"{newsroom.url}/courier/pictures/any.png")).startswith(b"\x89PNG")
    for path in ("/nobody/", "/nobody/feed", "/courier/no/such", "/courier/uk/penhallow-resigns"):
        async with session.get(newsroom.url + path) as answer:
            assert answer.status == 404


async def test_visits_are_noted(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
    await body(session, newsroom.feed_url("konkan"), **{"User-Agent": "a reader"})
    visit = newsroom.visits[-1]
    assert (visit.path, visit.status, visit.user_agent) == ("/konkan/feed.json", 200, "a reader")


@pytest.mark.parametrize("status", ["404", "410", "500"])
async def test_a_feed_fails_with_the_ordered_status_until_it_is_mended(
    newsroom: Newsroom, session: aiohttp.ClientSession, status: str
) -> None:
    newsroom.break_feed("courier", status)
    async with session.get(newsroom.feed_url("courier")) as answer:
        assert answer.status == int(status)
    await body(session, newsroom.feed_url("meridian"))
    newsroom.fix_feed("courier")
    await body(session, newsroom.feed_url("courier"))


@pytest.mark.parametrize(("how", "status"), [("redirect-permanent", 301), ("redirect-temporary", 302)])
async def test_a_redirect_leads_to_the_same_feed(
    newsroom: Newsroom, session: aiohttp.ClientSession, how: str, status: int
) -> None:
    right = await body(session, newsroom.feed_url("konkan"))
    newsroom.break_feed("konkan", how)
    async with session.get(newsroom.feed_url("konkan")) as answer:
        assert [step.status for step in answer.history] == [status]
        assert await answer.read() == right


async def test_a_silent_feed_hangs_and_does_not_keep_the_newsroom_from_closing(
    session: aiohttp.ClientSession,
) -> None:
    async with Newsroom() as newsroom:
        newsroom.break_feed("heap", Fault.TIMEOUT)
        hanging = asyncio.ensure_future(session.get(newsroom.feed_url("heap")))
        done, _ = await asyncio.wait({hanging}, timeout=0.2)
        assert not done
    (await hanging).release()


async def test_a_huge_feed_streams_past_any_limit_and_bears_a_client_that_hangs_up(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    newsroom.break_feed("meridian", Fault.HUGE)
    async with session.get(newsroom.feed_url("meridian")) as answer:
        got = 0
        async for chunk in answer.content.iter_any():
            got += len(chunk)
            if got > 6_000_000:
                break
    assert got > 6_000_000
    await body(session, newsroom.feed_url("courier"))


async def test_a_parked_domain_is_no_feed(newsroom: Newsroom, session: aiohttp.ClientSession) -> None:
    newsroom.break_feed("courier", Fault.NOT_A_FEED)
    async with session.get(newsroom.feed_url("courier")) as answer:
        assert answer.content_type == "text/html"
        assert b"may be for sale" in await answer.read()


@pytest.mark.parametrize("outlet", ["courier", "konkan"])
async def test_a_badly_encoded_feed_is_no_utf_8(
    newsroom: Newsroom, session: aiohttp.ClientSession, outlet: str
) -> None:
    newsroom.break_feed(outlet, Fault.BAD_ENCODING)
    with pytest.raises(UnicodeDecodeError):
        (await body(session, newsroom.feed_url(outlet))).decode()


async def test_an_empty_article_has_its_headline_and_nothing_else(
    newsroom: Newsroom, session: aiohttp.ClientSession
) -> None:
    for key in OUTLETS:
        newsroom.break_feed(key, Fault.EMPTY_ARTICLE)
        article = newsroom.articles_of(key)[0]
        page = (await body(session, newsroom.article_url(article.slug))).decode()
        assert html.escape(article.title, quote=False) in page
        assert html.escape(article.printed[0], quote=False) not in page


def test_unknown_outlets_and_faults_are_refused() -> None:
    newsroom = Newsroom()
    with pytest.raises(NotFound, match="it has courier, meridian, konkan, heap"):
        newsroom.break_feed("gazette", Fault.GONE)
    with pytest.raises(ValueError, match="earthquake"):
        newsroom.break_feed("courier", "earthquake")


def as_others_read(feed: bytes) -> Any:
    """Return a feed as feedparser reads it in a process of its own: `bot.feeds` turns its guesses off in ours."""
    code = (
        "import feedparser, pickle, sys; feed = feedparser.parse(sys.stdin.buffer.read()); "
        "sys.stdout.buffer.write(pickle.dumps(feed))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=feed, capture_output=True, check=True, timeout=60)
    return pickle.loads(done.stdout)


def _moment(entry: dict[str, tuple[int, ...]]) -> datetime:
    year, month, day, hour, minute, second = entry["published_parsed"][:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _printed_date(article: Article) -> str:
    offset = timedelta(hours=5, minutes=30) if article.outlet.key == "konkan" else timedelta()
    return (article.published_at + offset).date().isoformat()
