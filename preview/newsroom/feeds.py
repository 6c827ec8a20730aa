"""The feeds of the newsroom: RSS 2.0, Atom, JSON Feed 1.1, and RSS as a careless aggregator writes it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape

from preview.newsroom.article import Article
from preview.newsroom.outlets import FeedFormat, Outlet

_INDIA = timezone(timedelta(hours=5, minutes=30))


def feed_document(outlet: Outlet, articles: Sequence[Article], url: str) -> bytes:
    """Return the outlet's feed. `articles` come newest first; `url` is the newsroom's address."""
    writers = {
        FeedFormat.RSS: _rss,
        FeedFormat.ATOM: _atom,
        FeedFormat.JSON: _json_feed,
        FeedFormat.SCRAPED_RSS: _scraped_rss,
    }
    return writers[outlet.feed_format](outlet, articles, url).encode()


def _link(article: Article, url: str) -> str:
    return f"{url}{article.path}{article.outlet.link_suffix}"


def _rss(outlet: Outlet, articles: Sequence[Article], url: str) -> str:
    """RSS 2.0 with summaries only: the page must be read for the text."""
    items = "".join(
        f"""
    <item>
      <title>{escape(article.title)}</title>
      <link>{escape(_link(article, url))}</link>
      <description><![CDATA[<p>{escape(article.summary)}</p> <a href="{escape(_link(article, url))}">\
Continue reading…</a>]]></description>
      <category domain="{url}/{outlet.key}/">{escape(article.section)}</category>
      <pubDate>{format_datetime(article.published_at, usegmt=True)}</pubDate>
      <guid isPermaLink="false">courier:{article.slug}</guid>
      <media:content width="1200" url="{url}/{outlet.key}/pictures/{article.slug}.png" type="image/png" />
      <dc:creator>{escape(article.byline)}</dc:creator>
    </item>"""
        for article in articles
    )
    built = format_datetime(articles[0].published_at, usegmt=True) if articles else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:media="http://search.yahoo.com/mrss/" version="2.0">
  <channel>
    <title>{escape(outlet.title)}</title>
    <link>{url}/{outlet.key}/</link>
    <atom:link href="{url}/{outlet.key}/{outlet.feed_path}" rel="self" type="application/rss+xml" />
    <description>{escape(outlet.tagline)}</description>
    <language>{outlet.language.lower()}</language>
    <lastBuildDate>{built}</lastBuildDate>
    <ttl>15</ttl>
    <image><title>{escape(outlet.title)}</title><url>{url}/{outlet.key}/pictures/masthead.png</url>\
<link>{url}/{outlet.key}/</link></image>{items}
  </channel>
</rss>
"""


def _atom(outlet: Outlet, articles: Sequence[Article], url: str) -> str:
    """Atom (RFC 4287) with the whole article in each entry."""
    entries = "".join(
        f"""
  <entry>
    <id>tag:meridian.example,2024:{article.slug}</id>
    <title type="text">{escape(article.title)}</title>
    <link rel="alternate" type="text/html" href="{escape(_link(article, url))}"/>
    <published>{article.published_at.isoformat()}</published>
    <updated>{article.published_at.isoformat()}</updated>
    <author><name>{escape(article.byline)}</name></author>
    <category term="{escape(article.section)}"/>
    <summary type="text">{escape(article.summary)}</summary>
    <content type="html">{escape("".join(f"<p>{escape(part, quote=False)}</p>" for part in article.printed))}\
</content>
  </entry>"""
        for article in articles
    )
    updated = articles[0].published_at.isoformat() if articles else "1970-01-01T00:00:00Z"
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">
  <id>tag:meridian.example,2024:top</id>
  <title>{escape(outlet.title)}</title>
  <subtitle>{escape(outlet.tagline)}</subtitle>
  <link rel="self" href="{url}/{outlet.key}/{outlet.feed_path}"/>
  <link rel="alternate" type="text/html" href="{url}/{outlet.key}/"/>
  <updated>{updated}</updated>{entries}
</feed>
"""


def _json_feed(outlet: Outlet, articles: Sequence[Article], url: str) -> str:
    """JSON Feed 1.1 (jsonfeed.org), with summaries in place of the text and Indian time."""
    items = [
        {
            "id": f"{url}{article.path}",
            "url": _link(article, url),
            "title": article.title,
            "summary": article.summary,
            "content_text": article.summary,
            "image": f"{url}/{outlet.key}/pictures/{article.slug}.png",
            "date_published": article.published_at.astimezone(_INDIA).isoformat(),
            "authors": [{"name": article.byline}],
            "tags": [article.section],
            "language": outlet.language,
        }
        for article in articles
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.title,
        "home_page_url": f"{url}/{outlet.key}/",
        "feed_url": f"{url}/{outlet.key}/{outlet.feed_path}",
        "description": outlet.tagline,
        "language": outlet.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _scraped_rss(outlet: Outlet, articles: Sequence[Article], url: str) -> str:
    """RSS with titles escaped twice, a truncated run of scraped text, and a different form of date in each
    item."""
    items = "".join(
        f"""
<item>
<title>{escape(escape(article.title))}</title>
<link>
{_link(article, url)}
</link>
<guid>{url}{article.path}</guid>
<description>{escape(f"<p>{article.printed[0][:240]} [&#8230;]</p><p>Read <b>more</b> on Headline Heap</p>")}\
</description>
{_odd_date(number, article.published_at)}
</item>"""
        for number, article in enumerate(articles)
    )
    return f"""<?xml version="1.0"?>
<rss version="2.0">
<channel>
<title>{escape(outlet.title)}</title>
<link>{url}/{outlet.key}/</link>
<description/>
<generator>HeapPress 2.1</generator>{items}
</channel>
</rss>"""


def _odd_date(number: int, moment: datetime) -> str:
    """Return a pubDate as seen in the wild: a zone's name, a bare space, a short year, C's asctime, or none."""
    eastern = moment.astimezone(timezone(timedelta(hours=-5)))
    odd = (
        format_datetime(eastern).removesuffix("-0500") + "EST",
        moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        moment.astimezone(_INDIA).strftime("%d %b %y %H:%M:%S +0530"),
        moment.astimezone(UTC).ctime(),
        "",
    )[number % 5]
    return f"<pubDate>{odd}</pubDate>" if odd else ""
