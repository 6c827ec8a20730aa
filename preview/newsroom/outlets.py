"""The four outlets and their peculiarities."""

from dataclasses import dataclass
from enum import StrEnum


class FeedFormat(StrEnum):
    """The format of an outlet's feed."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    SCRAPED_RSS = "scraped_rss"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. Paths begin below the outlet's own folder of the newsroom's address."""

    key: str
    title: str
    tagline: str
    language: str
    feed_format: FeedFormat
    feed_path: str
    feed_type: str
    article_path: str
    """With `{slug}` and `{section}`."""
    link_suffix: str = ""
    """What the feed appends to links, as outlets do for counting readers."""
    month_first: bool = False
    etag: bool = True
    last_modified: bool = True


COURIER = Outlet(
    key="courier",
    title="The Albion Courier",
    tagline="News, comment and the crossword since 1848",
    language="en-GB",
    feed_format=FeedFormat.RSS,
    feed_path="rss/front.xml",
    feed_type="application/rss+xml",
    article_path="{section}/{slug}",
    link_suffix="?utm_source=rss&utm_medium=feed",
)
MERIDIAN = Outlet(
    key="meridian",
    title="Meridian Press Agency",
    tagline="News from 90 countries",
    language="en-US",
    feed_format=FeedFormat.ATOM,
    feed_path="feeds/top.atom",
    feed_type="application/atom+xml",
    article_path="article/{slug}",
    month_first=True,
)
KONKAN = Outlet(
    key="konkan",
    title="Konkan Mercury",
    tagline="Business and life on the coast",
    language="en-IN",
    feed_format=FeedFormat.JSON,
    feed_path="feed.json",
    feed_type="application/feed+json",
    article_path="story/{slug}.html",
    last_modified=False,
)
HEAP = Outlet(
    key="heap",
    title="Headline Heap",
    tagline="All the news, in a pile",
    language="en",
    feed_format=FeedFormat.SCRAPED_RSS,
    feed_path="feed/",
    feed_type="text/xml",
    article_path="p/{slug}",
    month_first=True,
    etag=False,
    last_modified=False,
)

OUTLETS = {outlet.key: outlet for outlet in (COURIER, MERIDIAN, KONKAN, HEAP)}
"""The outlets by key, in the order in which the newsroom shows them."""
