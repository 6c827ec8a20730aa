"""Pages that do not show their article are told from those that do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.text import page_text
from bot.articles.walls import wall_of_address, wall_of_page, without_appeals
from bot.model.articles import Wall

URL = "https://news.example/2026/a-story"
SENTENCE = "The transport minister said on Tuesday that contract number {} had been awarded after a proper tender."


def paragraphs(count: int) -> str:
    return "".join(f"<p>{SENTENCE.format(number)}</p>" for number in range(count))


def wall_of(body: str, head: str = "", title: str = "Minister quits") -> Wall | None:
    page = f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return page_text(page.encode(), URL, "text/html; charset=utf-8").wall


def linked_data(data: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {data}}}</script>'


@pytest.mark.parametrize(
    ("data", "count", "wall"),
    [
        ('"isAccessibleForFree": false', 4, Wall.PAYWALL),
        ('"isAccessibleForFree": "False"', 4, Wall.PAYWALL),
        ('"isAccessibleForFree": "http://schema.org/False"', 4, Wall.PAYWALL),
        ('"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "false"}', 4, Wall.PAYWALL),
        ('"isAccessibleForFree": true, "hasPart": [3, {"isAccessibleForFree": false}]', 4, Wall.PAYWALL),
        ('"isAccessibleForFree": true', 4, None),
        ('"isAccessibleForFree": false', 30, None),
    ],
)
def test_a_page_says_itself_that_it_is_for_subscribers(data: str, count: int, wall: Wall | None) -> None:
    assert wall_of(f"<article>{paragraphs(count)}</article>", linked_data(data)) is wall


@pytest.mark.parametrize(("tier", "wall"), [("locked", Wall.PAYWALL), ("metered", None), ("free", None)])
def test_the_tier_of_a_page_counts(tier: str, wall: Wall | None) -> None:
    head = f'<meta property="article:content_tier" content="{tier}">'
    assert wall_of(f"<article>{paragraphs(4)}</article>", head) is wall


@pytest.mark.parametrize(
    "appeal",
    [
        "Subscribe to continue reading.",
        "To continue reading this article, please sign in or create an account.",
        "This article is only available to our premium subscribers.",
        "You've reached your limit of free articles this month.",
        "Already a subscriber? Log in",
        "Unlock the full article for $1",
        "Cet article est réservé aux abonnés.",
        "Jetzt abonnieren und alle Artikel lesen",
    ],
)
def test_a_teaser_that_ends_in_an_appeal_is_a_paywall_and_loses_the_appeal(appeal: str) -> None:
    page = f"<html><body><article>{paragraphs(4)}<p>{appeal}</p></article></body></html>"
    read = page_text(page.encode(), URL, "text/html; charset=utf-8")
    assert read.wall is Wall.PAYWALL
    assert read.text == "\n\n".join(SENTENCE.format(number) for number in range(4))


@pytest.mark.parametrize(
    "last",
    [
        "“Subscribe to continue reading,” the banner said, he told the court.",
        "Subscribe to our newsletter for more.",
        "The company has lost subscribers since May, it said on Monday.",
    ],
)
def test_talk_of_subscribing_is_no_paywall(last: str) -> None:
    assert wall_of(f"<article>{paragraphs(4)}<p>{last}</p></article>") is None


@pytest.mark.parametrize(
    ("title", "body", "wall"),
    [
        ("Just a moment...", "<p>Checking your browser before accessing news.example.</p>", Wall.CHALLENGE),
        (
            "Access Denied",
            "<p>You don't have permission to access this.</p><p>Reference #18.23</p>",
            Wall.CHALLENGE,
        ),
        ("News", "<h1>Please verify you are a human</h1>", Wall.CHALLENGE),
        ("Page not found | News", "<p>Sorry!</p>", Wall.GONE),
        ("News", "<p>The page you are looking for has been moved or deleted.</p>", Wall.GONE),
        ("News", "<p>We value your privacy.</p><button>Accept all</button>", Wall.CONSENT),
        (
            "News",
            "<p>We and our 842 partners store and/or access information on a device, such as IDs in cookies, "
            "to process personal data. You may accept or manage your choices at any time.</p>"
            "<p>With your permission we may use precise data for personalised ads and content measurement.</p>",
            Wall.CONSENT,
        ),
        ("News", "<p>Please log in to read this.</p><a>Forgot your password?</a>", Wall.LOGIN),
        ("News", "<noscript>You need to enable JavaScript to run this app.</noscript>", Wall.SCRIPT),
        ("News", '<div id="root"></div><script src="/app.js"></script>', Wall.SCRIPT),
        ("News", "<p>This story is exclusive to subscribers.</p>", Wall.PAYWALL),
        ("News", "<p>Gallery.</p>", None),
        ("", "", None),
    ],
)
def test_a_page_without_an_article_says_why(title: str, body: str, wall: Wall | None) -> None:
    assert wall_of(body, title=title) is wall


def test_an_article_about_such_things_is_an_article() -> None:
    text = "<p>The regulator said sites must offer to reject all cookies, and that consent or pay is unlawful.</p>"
    noscript = "<noscript>Please enable JavaScript.</noscript><p>Accept all cookies</p><script>1</script>"
    body = f"<article>{paragraphs(16)}{text}</article>{noscript}"
    assert wall_of(body, title="Page not found: how sites lose history") is None


@pytest.mark.parametrize(
    ("asked", "reached", "wall"),
    [
        (URL, URL, None),
        (URL, "https://consent.news.example/collect?next=x", Wall.CONSENT),
        (URL, "https://news.example/login?next=/2026/a-story", Wall.LOGIN),
        (URL, "https://accounts.news.example/signin", Wall.LOGIN),
        (URL, "https://news.example/", Wall.GONE),
        (URL, "https://news.example/?p=12", None),
        (URL, "https://news.example/2026/a-better-story", None),
        ("https://news.example/", "https://www.news.example/", None),
        ("https://news.example/login-reform", "https://www.news.example/login-reform", None),
        (URL, "http://[", None),
    ],
)
def test_a_redirect_tells_too(asked: str, reached: str, wall: Wall | None) -> None:
    assert wall_of_address(asked, reached) is wall


def test_every_wall_is_said_in_words() -> None:
    assert all(wall.message.endswith(".") for wall in Wall)


@given(st.text(max_size=200), st.text(max_size=400), st.sampled_from([None, True, False]), st.booleans())
def test_any_words_have_an_answer(title: str, text: str, free: bool | None, scripts: bool) -> None:
    assert wall_of_page(title, text, text, free=free, scripts=scripts) in (None, *Wall)
    assert without_appeals(text) in text or "\n\n" in text
