"""The HTML pages of the newsroom, each outlet with its own style and clutter."""

import json
from collections.abc import Sequence
from datetime import timedelta, timezone
from html import escape

from preview.newsroom.article import Article
from preview.newsroom.outlets import OUTLETS, Outlet

_INDIA = timezone(timedelta(hours=5, minutes=30))


def index_page(url: str) -> str:
    """Return the newsroom's own page: the outlets."""
    links = "".join(
        f'<li><a href="{url}/{outlet.key}/">{escape(outlet.title)}</a></li>' for outlet in OUTLETS.values()
    )
    return f"<!DOCTYPE html><title>The newsroom</title><h1>The newsroom</h1><ul>{links}</ul>"


def home_page(outlet: Outlet, articles: Sequence[Article], url: str) -> str:
    """Return the outlet's home page, which names its feed."""
    teasers = "".join(
        f'<article><h2><a href="{article.path}">{escape(article.title)}</a></h2>'
        f"<p>{escape(article.summary)}</p></article>"
        for article in articles
    )
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}"><head><meta charset="utf-8"><title>{escape(outlet.title)}</title>
<base href="{url}/{outlet.key}/">
<link rel="stylesheet" href="style.css">
<link rel="alternate" type="{_alternate_type(outlet)}" title="{escape(outlet.title)}" href="{outlet.feed_path}">
</head><body><header><h1>{escape(outlet.title)}</h1><p>{escape(outlet.tagline)}</p></header>
<main>{teasers}</main></body></html>"""


def article_page(article: Article, others: Sequence[Article], url: str, *, empty: bool = False) -> str:
    """Return the article's page, with links to `others`; without its text if it is to be `empty`."""
    paragraphs = () if empty else article.printed
    writers = {
        "courier": _broadsheet_page,
        "meridian": _agency_page,
        "konkan": _regional_page,
        "heap": _heap_page,
    }
    return writers[article.outlet.key](article, paragraphs, others, url)


def _alternate_type(outlet: Outlet) -> str:
    return "application/rss+xml" if outlet.feed_type == "text/xml" else outlet.feed_type


def _text(words: str) -> str:
    return escape(words, quote=False)


def _broadsheet_page(article: Article, paragraphs: Sequence[str], others: Sequence[Article], url: str) -> str:
    """A page with everything that a large site puts around an article: og tags, JSON-LD, banner, boxes, related
    links."""
    canonical, picture = url + article.path, f"{url}/courier/pictures/{article.slug}.png"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": canonical,
        "headline": article.title,
        "description": article.summary,
        "image": [picture],
        "datePublished": article.published_at.isoformat(),
        "dateModified": article.published_at.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.byline.split(" and ")],
        "publisher": {"@type": "NewsMediaOrganization", "name": article.outlet.title},
        "isAccessibleForFree": True,
    }
    related = "".join(f'<li><a href="{other.path}">{_text(other.title)}</a></li>' for other in others[:4])
    newsletter = (
        '<aside class="newsletter-signup" data-component="newsletter"><h3>First thing</h3>'
        "<span>Our editors’ choice, every weekday at seven</span>"
        '<form><input type="email" placeholder="Email"><button>Sign up</button></form></aside>'
    )
    body = [f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs]
    if len(body) > 5:
        body.insert(4, newsletter)
        body.insert(8, f'<aside class="related"><h3>Related</h3><ul>{related}</ul></aside>')
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{_text(article.title)} | {_text(article.section)} | The Albion Courier</title>
<link rel="canonical" href="{canonical}">
<meta name="description" content="{escape(article.summary)}">
<meta name="author" content="{escape(article.byline)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="The Albion Courier">
<meta property="og:title" content="{escape(article.title)}">
<meta property="og:description" content="{escape(article.summary)}">
<meta property="og:url" content="{canonical}">
<meta property="og:image" content="{picture}">
<meta property="article:published_time" content="{article.published_at.isoformat()}">
<meta property="article:section" content="{escape(article.section)}">
<meta property="article:author" content="{escape(article.byline)}">
<meta name="twitter:card" content="summary_large_image">
<script type="application/ld+json">{json.dumps(data).replace("<", chr(92) + "u003c")}</script>
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({{"page": "{article.slug}"}});</script>
<style>.cookie-banner {{ position: fixed }}</style>
</head>
<body>
<a class="skip-link" href="#maincontent">Skip to main content</a>
<div id="cookie-banner" class="cookie-banner" role="dialog" aria-label="Cookies"><h2>Your choices on cookies</h2>
<div>We and our 212 partners store information on your device to measure and to tailor advertising.</div>
<button>Accept all</button><button>Manage</button></div>
<header><a href="/courier/">The Albion Courier</a>
<nav aria-label="Sections"><ul><li><a href="/courier/">News</a></li><li><a href="/courier/">Opinion</a></li>
<li><a href="/courier/">Sport</a></li><li><a href="/courier/">Culture</a></li></ul></nav></header>
<main id="maincontent">
<article>
<header><div class="kicker">{_text(article.section)}</div>
<h1>{_text(article.title)}</h1>
<div class="standfirst">{_text(article.summary)}</div>
<address class="byline" rel="author">{_text(article.byline)}</address>
<time datetime="{article.published_at.isoformat()}">{article.published_at.strftime("%a %d %b %Y %H.%M GMT")}</time>
<ul class="share"><li><a href="#">Share</a></li><li><a href="#">Email</a></li></ul></header>
<figure><img src="{picture}" alt=""><figcaption>Photograph: Courier archive</figcaption></figure>
<div class="article-body" itemprop="articleBody">
{chr(10).join(body)}
</div>
</article>
<section class="most-viewed" aria-label="Most viewed"><h2>Most viewed</h2><ol>{related}</ol></section>
</main>
<footer><ul><li><a href="#">About us</a></li><li><a href="#">Complaints and corrections</a></li>
<li><a href="#">Privacy</a></li></ul><small>© The Albion Courier. All rights reserved.</small></footer>
</body>
</html>"""


def _agency_page(article: Article, paragraphs: Sequence[str], others: Sequence[Article], url: str) -> str:
    """A lean page with good metadata."""
    more = "".join(f'<a href="{other.path}">{_text(other.title)}</a> ' for other in others[:3])
    body = "\n".join(f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en-US">
<head><meta charset="utf-8"><title>{_text(article.title)}</title>
<link rel="canonical" href="{url}{article.path}">
<meta property="og:type" content="article"><meta property="og:site_name" content="Meridian Press Agency">
<meta property="og:title" content="{escape(article.title)}">
<meta property="og:description" content="{escape(article.summary)}">
<meta property="og:image" content="{url}/meridian/pictures/{article.slug}.png">
<meta property="article:published_time" content="{article.published_at.isoformat()}">
<meta name="author" content="{escape(article.byline)}">
</head>
<body><div class="topbar"><a href="/meridian/">Meridian</a> <a href="/meridian/">World</a>
<a href="/meridian/">U.S.</a></div>
<header><h1>{_text(article.title)}</h1></header>
<div class="story"><div class="meta">By <span class="author">{_text(article.byline)}</span> ·
<time datetime="{article.published_at.isoformat()}">{article.published_at.strftime("%B %d, %Y")}</time></div>
<div class="story-body">
{body}
</div></div>
<div class="more-stories">{more}</div>
<div class="footer">Copyright Meridian Press Agency</div>
</body></html>"""


def _regional_page(article: Article, paragraphs: Sequence[str], others: Sequence[Article], url: str) -> str:
    """An old-fashioned page: one block, with paragraphs separated by <br><br> and hardly any metadata."""
    links = " | ".join(f'<a href="{url}{other.path}">{_text(other.title)}</a>' for other in others[:2])
    local = article.published_at.astimezone(_INDIA)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{_text(article.title)} - Konkan Mercury</title>
<meta name="author" content="{escape(article.byline)}">
<meta name="date" content="{local.isoformat()}">
</head><body bgcolor="#ffffff">
<table width="100%"><tr><td><a href="/konkan/"><b>Konkan Mercury</b></a></td>
<td align="right">Epaper | Classifieds</td></tr>
</table>
<h1>{_text(article.title)}</h1>
<div class="date">By {_text(article.byline)} | {local.strftime("%d %b %Y, %H:%M")} IST</div>
<div id="content">
{"<br><br>".join(_text(paragraph) for paragraph in paragraphs)}
</div>
<div id="also"><small>Also read: {links}</small></div>
</body></html>"""


def _heap_page(article: Article, paragraphs: Sequence[str], others: Sequence[Article], url: str) -> str:
    """A page that a script made from somebody else's page."""
    pile = "".join(f'<li><a href="{url}{other.path}">{_text(other.title)}</a></li>' for other in others[:3])
    body = "".join(f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{_text(article.title)} » Headline Heap</title>
<meta property="og:title" content="{escape(article.title)}"><meta property="og:site_name" content="Headline Heap">
<meta property="article:published_time" content="{article.published_at.isoformat()}">
</head><body><div id="wrap"><div class="ad">ADVERTISEMENT</div><h1 class="entry-title">{_text(article.title)}</h1>
<div class="entry-content">{body}</div>
<ul class="pile">{pile}</ul></div></body></html>"""
