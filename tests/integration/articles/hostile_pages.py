"""Hostile pages: made here, so that none of them needs to be kept."""

from collections.abc import Callable

REFUSED = {
    "attribute_flood": "too many attributes",
    "deep_nesting": "too many elements",
    "many_small_elements": "too many elements",
    "many_links": "too many elements",
    "many_short_paragraphs": "too many elements",
    "many_metas": "too many elements",
}
"""Words of the refusal; the article in all others is read."""
SENTENCE = "The engineer said on Tuesday that gate number {} would be opened in the morning before the flood. "


def page(inner: str, head: str = "") -> bytes:
    """Return a page around `inner`, with an article in front of it."""
    good = "".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(9))
    return f"<!doctype html><html><head>{head}</head><body><article>{good}</article>{inner}</body></html>".encode()


def attribute_flood() -> bytes:
    """One element of 100,000 attributes."""
    return page(f"<div {' '.join(f'a{n}={n}' for n in range(100_000))}>x</div>")


def deep_nesting() -> bytes:
    """100,000 levels."""
    return page("<div>" * 100_000 + "deep" + "</div>" * 100_000)


def deep_tables() -> bytes:
    """Tables within tables, which are costly to judge."""
    return page("<table><tr><td>" * 3_000 + "deep")


def many_small_elements() -> bytes:
    """Nearly five megabytes of the smallest elements."""
    return page("<b>" * 1_500_000)


def many_paragraphs() -> bytes:
    """More paragraphs than any article has."""
    return page("".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(20_000)))


def many_links() -> bytes:
    """A page of links."""
    return page("".join(f"<a href='/{n}'>Gate number {n} opens</a> " for n in range(80_000)))


def many_short_paragraphs() -> bytes:
    """Paragraphs of a word."""
    return page("<p>word</p>" * 400_000)


def one_huge_text() -> bytes:
    """A paragraph of four megabytes."""
    return page(f"<p>{'word ' * 800_000}</p>")


def one_huge_word() -> bytes:
    """A word of four megabytes."""
    return page(f"<p>{'w' * 4_000_000}</p>")


def billion_laughs() -> bytes:
    """Entities of entities."""
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f"<!DOCTYPE html [{entities}]>".encode() + page("<p>&l9;</p>")


def huge_metadata() -> bytes:
    """Data about the page that is larger than the page: JSON within JSON."""
    nested = '{"@graph":[' * 20_000
    return page("", f"<script type='application/ld+json'>{nested}</script>" * 5)


def many_metas() -> bytes:
    """A head of meta elements."""
    return page("", "".join(f"<meta property='og:title' content='t{n}'>" for n in range(100_000)))


def comment_never_closed() -> bytes:
    """A comment that never ends."""
    return page("<!-- " + "- " * 1_000_000)


def many_spans() -> bytes:
    """A paragraph of 25,000 spans, which kept trafilatura busy for four seconds."""
    return page("<p>" + "<span>word </span>" * 25_000 + "</p>")


def quotations_in_quotations() -> bytes:
    """Quotations 20,000 deep, none closed."""
    return page("<q>He said: " * 20_000)


def posts_in_posts() -> bytes:
    """Embedded posts 200 deep, which is as deep as the parser goes, many times."""
    return page(("<blockquote class='twitter-tweet'><p>a" * 200 + "</blockquote>" * 200) * 90)


def many_cards() -> bytes:
    """Thousands of announcements of other articles."""
    title = "<h3><a href=/{0}>Gate number {0} opens again</a></h3>"
    card = f"<div class=c>{title}<p>It opens again in the morning.</p></div>"
    return page("".join(card.format(n) for n in range(9_000)))


def _continued(unit: str) -> bytes:
    """Return a page whose article goes on after thousands of `unit`."""
    paragraphs = [f"<p>{SENTENCE.format(n)}</p>" for n in range(100)]
    return page(f"<article>{''.join(paragraphs)}{unit}{''.join(paragraphs[:9])}</article>")


def many_labels() -> bytes:
    """Thousands of labels that could each be the end of the article, which goes on below them."""
    return _continued("<p>Read more</p>" * 40_000)


def many_quotations() -> bytes:
    """Thousands of quotations that could each be pulled from the text."""
    return _continued("<figure><blockquote>a</blockquote></figure>" * 20_000)


def one_huge_class() -> bytes:
    """Elements whose classes are longer than an article."""
    return page(f"<div class='{'related-' * 4_000}'><p>word</p></div>" * 100)


PAGES: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        attribute_flood,
        deep_nesting,
        deep_tables,
        many_small_elements,
        many_paragraphs,
        many_links,
        many_short_paragraphs,
        one_huge_text,
        one_huge_word,
        billion_laughs,
        huge_metadata,
        many_metas,
        comment_never_closed,
        many_spans,
        quotations_in_quotations,
        posts_in_posts,
        many_cards,
        many_labels,
        many_quotations,
        one_huge_class,
    )
}
