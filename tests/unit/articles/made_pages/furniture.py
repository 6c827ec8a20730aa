"""What stands around articles, as sites make it: menus, teasers, appeals, comments, biographies, notes."""

import json
from html import escape
from typing import Any

from tests.unit.articles.made_pages.stories import Desk, Story

SITE = "Valley Herald"
URL = "https://www.valley-herald.example/news/a-story"


def head(story: Story, data: dict[str, Any] | None = None, *, more: str = "") -> str:
    """Return the head of a page about `story`; `data` is added to its linked data."""
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": "2026-03-04T10:00:00Z",
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": SITE},
    } | (data or {})
    return (
        f'<meta charset="utf-8"><title>{escape(story.title)} | {SITE}</title>'
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:site_name" content="{SITE}">'
        f'<link rel="canonical" href="{URL}"><style>body {{ color: black }}</style>'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>{more}'
    )


def page(head_html: str, body: str, *, html: str = 'lang="en"', attributes: str = "") -> str:
    """Return a whole document."""
    return f"<!doctype html><html {html}><head>{head_html}</head><body {attributes}>{body}</body></html>"


def menu(items: int = 14) -> str:
    """Return a menu as a `nav`."""
    names = ("News", "Politics", "Sport", "Business", "Culture", "Weather", "Opinion", "Video")
    links = "".join(f'<li><a href="/{n}">{names[n % len(names)]}</a></li>' for n in range(items))
    return f'<header class="site-header"><nav class="main-menu"><ul>{links}</ul></nav></header>'


def footer() -> str:
    """Return a footer with a copyright line and an appeal."""
    return (
        '<footer class="site-footer"><p>Valley Herald is published by Valley Media Ltd, 4 Mill Lane, Saltmouth.</p>'
        '<p>© 2026 Valley Media. All rights reserved. <a href="/terms">Terms of use</a> <a href="/privacy">Privacy</a></p>'
        "</footer>"
    )


def framed(story: Story, inside: str, data: dict[str, Any] | None = None) -> str:
    """Return a whole page about `story`: a menu, what is `inside`, and a footer."""
    return page(head(story, data), f"{menu()}{inside}{footer()}")


def plain_article(story: Story, inside: str, below: str = "") -> str:
    """Return an `article` with the title, `inside` as its text, and what stands `below`."""
    return f"<article><h1>{story.title}</h1><div class='copy'>{inside}</div>{below}</article>"


def teaser_line(desk: Desk, label: str = "READ MORE:") -> str:
    """Return a paragraph that announces another article, within the text."""
    return f'<p><strong>{label}</strong> <a href="/news/{desk.random.randint(1, 999)}">{escape(desk.headline())}</a></p>'


def related(desk: Desk, name: str = "related-stories", count: int = 4) -> str:
    """Return a box of announcements with a sentence each."""
    cards = "".join(
        f'<div class="card"><h3><a href="/news/{n}">{escape(desk.headline())}</a></h3><p>{escape(desk.sentence())}</p></div>'
        for n in range(count)
    )
    return f'<section class="{name}"><h2>Related stories</h2>{cards}</section>'


def unnamed_cards(desk: Desk, count: int = 6) -> str:
    """Return announcements whose classes say nothing."""
    return "".join(
        f'<div class="css-1x{n % 2}k9"><a href="/news/{n}">{escape(desk.headline())}</a><p>{escape(desk.sentence())}</p></div>'
        for n in range(count)
    )


def newsletter() -> str:
    """Return a box that asks for an address."""
    return (
        '<div class="newsletter-box"><h3>Morning Briefing</h3><p>Sign up for our daily newsletter and get the news of the '
        'valley delivered to your inbox.</p><form action="/nl"><input type="email"><button>Sign up</button></form>'
        "<p>By signing up you agree to our terms and privacy policy.</p></div>"
    )


def cookie_banner() -> str:
    """Return the text of a consent banner, not hidden."""
    return (
        '<div id="cookie-consent" class="cookie-banner"><p>We and our 742 partners store and access information on a device, '
        "such as cookies, and process personal data for personalised advertising and content measurement.</p>"
        "<button>Accept all</button><button>Reject all</button></div>"
    )


def figure(desk: Desk) -> str:
    """Return a picture with caption and credit."""
    return (
        f'<figure class="media"><img src="/p.jpg" alt=""><figcaption>{escape(desk.sentence())} '
        f'<span class="credit">Photograph: {desk.name()}/Valley Pictures</span></figcaption></figure>'
    )


def biography(story: Story, name: str = "author-bio") -> str:
    """Return who wrote it."""
    return (
        f'<div class="{name}"><h4>{story.author}</h4><p>{story.author} is a reporter for the Valley Herald and covers local '
        "politics. Before that she worked in radio for ten years.</p></div>"
    )


def share() -> str:
    """Return buttons to share it."""
    return '<div class="social-share"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">Copy link</a></div>'


def comments(desk: Desk, count: int = 8, *, item: str = "comment", wrapper: str = "comments") -> str:
    """Return readers' comments."""
    said = "".join(
        f'<div class="{item}"><b>{desk.name()}</b> <time>2 hours ago</time><p>{escape(desk.comment())}</p><a href="#r">Reply</a></div>'
        for _ in range(count)
    )
    return f'<div class="{wrapper}" id="{wrapper}"><h3>{count} comments</h3>{said}</div>'


def body_of(story: Story, tag: str = "p", name: str = "") -> list[str]:
    """Return the parts of a story as HTML, one string each."""
    attribute = f' class="{name}"' if name else ""
    made = []
    for kind, text in story.parts:
        safe = escape(text, quote=False)
        if kind == "h2":
            made.append(f"<h2>{safe}</h2>")
        elif kind == "quote":
            made.append(f"<blockquote><p>{safe}</p></blockquote>")
        elif kind == "link":
            made.append(f'<{tag}{attribute}><a href="/doc/{len(made)}">{safe}</a></{tag}>')
        else:
            made.append(f"<{tag}{attribute}>{safe}</{tag}>")
    return made


def with_between(parts: list[str], *pieces: str, every: int = 3) -> str:
    """Return `parts` with one of `pieces` after every few of them, as long as there are any."""
    left = list(pieces)
    made = []
    for place, part in enumerate(parts, 1):
        made.append(part)
        if left and place % every == 0:
            made.append(left.pop(0))
    return "".join(made)
