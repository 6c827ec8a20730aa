"""Pages that would stall whoever looks for their article, in any size."""

from benchmarks.hostile.measuring import Shape
from benchmarks.hostile.repeated import Encoded, Repeated
from bot.articles.text import feed_text, page_text
from bot.feeds.links import page_links

URL = "https://hostile.example/news/story"
START = 100_000
"""Bytes of the smallest pages; the largest have 3.2 MB."""
ARTICLE = (
    "<p>The engineer said on Tuesday that the gate would be opened in the morning before the flood came.</p>" * 9
)


def _page(unit: str, start: str = "", end: str = "", head: str = "") -> Encoded:
    opened = f"<!doctype html><html><head>{head}</head><body><article>{ARTICLE}</article>{start}"
    return Encoded(Repeated(unit, opened, f"{end}</body></html>"))


SHAPES = {
    "spans in one paragraph": _page("<span>word </span>", "<p>", "</p>"),
    "spans within each other": _page("<span>"),
    "levels": _page("<div>"),
    "tables within tables": _page("<table><tr><td>"),
    "paragraphs": _page("<p>The engineer said that gate number {n} would be opened before the flood.</p>"),
    "short paragraphs": _page("<p>word</p>"),
    "line breaks": _page("word<br>", "<p>", "</p>"),
    "links": _page("<a href='/{n}'>Gate number {n} opens</a> "),
    "list items": _page("<li>Gate {n}</li>", "<ul>", "</ul>"),
    "attributes of one element": _page(" a{n}={n}", "<div", ">x</div>"),
    "one word": _page("w", "<p>", "</p>"),
    "words": _page("word ", "<p>", "</p>"),
    "spaces": _page(" ", "<p>a", "b</p>"),
    "quotation marks": _page('"', "<p>", "</p>"),
    "comments": _page("<!-- - -->"),
    "a comment never closed": _page("- ", "<!-- "),
    "angle brackets": _page("<"),
    "entities": _page("&amp;", "<p>", "</p>"),
    "JSON within JSON": _page('{"@graph":[', "<script type='application/ld+json'>", "</script>"),
    "meta elements": Encoded(
        Repeated("<meta property='og:title' content='t{n}'>", "<html><head>", "</head></html>")
    ),
    "scripts": _page("<script>var a{n} = 1;</script>"),
    "forms": _page("<form><input name=a{n}></form>"),
    "headings": _page("<h2>Gate {n}</h2>"),
    "quotations": _page("<blockquote>Gate {n}</blockquote>"),
}
SHAPES |= {
    "titles below each other": _page("<h1>The gate opens before the flood</h1>"),
    "classes of one element": _page(" hidden md-a{n}", "<div class='", "'>x</div>"),
    "classes of many elements": _page("<div class='hidden a{n} post-{n} tag-b{n}'>x</div>"),
    "looks of many paragraphs": _page(
        "<div class=a{n}><p class=b{n}>The engineer said that gate {n} would be opened before the flood.</p></div>"
    ),
    "labels within an article": _page("<p>Read more</p>", f"<article>{ARTICLE * 10}", f"{ARTICLE}</article>"),
    "quotations pulled from the text": _page(
        "<figure><blockquote>Gate {n}</blockquote></figure>", f"<article>{ARTICLE * 10}", f"{ARTICLE}</article>"
    ),
    "words read aloud": _page("<ruby>a<rt>b</rt></ruby>", "<p>", "</p>"),
    "other news": _page(
        "<div><h3><a href=/{n}>Gate number {n} opens</a></h3><p>It will open in week {n}, he said.</p></div>"
    ),
}
CONTENT = {
    "an entry's own content: spans": Encoded(Repeated("<span>word </span>", "<p>", "</p>")),
    "an entry's own content: levels": Encoded(Repeated("<div>")),
    "an entry's own content: blank lines": Encoded(Repeated("\n", "a", "b")),
}


LINKS = {
    "links to feeds": _page("<link rel=alternate type=application/rss+xml href=/{n}>"),
    "relations of one link": _page(" alternate", "<link href=/feed type=application/rss+xml rel='", "'>"),
    "alternates to click on": _page("<a rel=alternate type=application/rss+xml href=/{n}>feed</a>"),
    "refreshes": _page("<meta http-equiv=refresh content='0;url=/{n}'>"),
    "one long refresh": _page("url=", "<meta http-equiv=refresh content='0;", "'>"),
    "addresses in scripts": _page("'/feed/{n}' ", "<script>", "</script>"),
    "changes of location in scripts": _page("location.href = '/{n}';", "<script>", "</script>"),
    "channels in scripts": _page('"channelId":"UC{n}" ', "<script>", "</script>"),
}
"""Pages in which feeds are looked for."""


def read_page(body: bytes) -> str:
    """Read `body` as the page of an article. Runs in the worker."""
    return f"{len(page_text(body, URL, None).text)} characters"


def read_links(body: bytes) -> str:
    """Look for feeds in `body`. Runs in the worker."""
    return f"{len(page_links(body, URL, None).feeds)} feeds"


def read_content(body: bytes) -> str:
    """Read `body` as an entry's own content. Runs in the worker."""
    return f"{len(feed_text(body.decode()))} characters"


PAGES = [
    *(Shape(name, make, read_page, START) for name, make in SHAPES.items()),
    *(Shape(f"discovery: {name}", make, read_links, START) for name, make in LINKS.items()),
    *(Shape(name, make, read_content, START // 4) for name, make in CONTENT.items()),
]
