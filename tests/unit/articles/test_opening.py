"""The title of a page says where its article begins, whatever else the page holds."""

import pytest

from bot.articles.blocks import Block
from bot.articles.opening import title_place
from bot.articles.text import page_text

URL = "https://news.example/2026/ferry"
TITLE = "Minister defends ferry contracts after audit"
SENTENCE = "The transport minister said on Tuesday that contract number {} had been awarded after a proper tender."
TEXT = [SENTENCE.format(number) for number in range(8)]
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = "The council of another town will meet in week {} to vote about its own plans for the market square."
OTHERS = [OTHER.format(number) for number in range(30)]
HEAD = f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'>"


def read(body: str) -> list[str]:
    page = f"<!doctype html><html><head>{HEAD}</head><body>{body}</body></html>"
    return page_text(page.encode(), URL, "text/html; charset=utf-8").text.split("\n\n")


def block(text: str, tag: str) -> Block:
    return Block(text, tag, 0, len(text.split()), 0.0)


def test_a_heading_shows_the_title_rather_than_the_name_of_the_site() -> None:
    blocks = [block("The Daily Herald", "h1"), block(TITLE, "div"), block(f"{TITLE}: reactions", "h2")]
    assert title_place(blocks, TITLE) == 2
    assert title_place(blocks[:2], TITLE) == 0
    assert title_place([*blocks[:2], block("Another heading", "h1")], TITLE) == 1
    assert title_place([block("By Ann Author", "p")], TITLE) is None


@pytest.mark.parametrize(
    "names",
    [
        "field field--name-body field--label-hidden field__item",
        "node node--type-article node--promoted",
        "post-7 post type-post hentry category-news tag-newsletter tag-related-polls",
        "relative overflow-hidden",
        "hidden md:block",
        "d-none d-md-block",
        "hidden-xs",
    ],
)
def test_names_that_say_how_something_is_drawn_hide_no_article(names: str) -> None:
    aside = "".join(f"<p>{text}</p>" for text in OTHERS[:6])
    assert read(f"<h1>{TITLE}</h1><div class='{names}'>{BODY}</div><div class='ticker'>{aside}</div>")[:8] == TEXT


def test_the_article_below_the_title_is_read_however_its_wrapper_is_named_and_however_much_follows() -> None:
    conditions = "".join(f"<p>{text}</p>" for text in OTHERS)
    wrapped = f"<main><article class='content-box related'><h1>{TITLE}</h1>{BODY}</article></main>"
    assert read(f"{wrapped}<div class='box'><div>{conditions}</div></div>")[:8] == TEXT


def test_the_beginning_of_an_article_may_stand_before_the_wall_around_the_rest() -> None:
    begin, rest = (f"<p>{text}</p>" for text in TEXT[:2]), (f"<p>{text}</p>" for text in TEXT[2:])
    assert read(f"<h2>{TITLE}</h2><div>{''.join(begin)}</div><div class=wall-box>{''.join(rest)}</div>") == TEXT


def test_a_standfirst_needs_no_full_stop() -> None:
    standfirst = "Auditors found that nine of ten ferries had been ordered from one and the same yard"
    assert read(f"<article><h1>{TITLE}</h1><p>{standfirst}</p>{BODY}</article>") == [standfirst, *TEXT]
    assert read(f"<article><h1>{TITLE}</h1><p>By Ann Author and others</p>{BODY}</article>") == TEXT


def test_how_a_word_is_read_aloud_is_not_its_text() -> None:
    ruby = "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby><ruby>字<rt>じ</rt></ruby>"
    sentence = f"<p>{TEXT[0]}</p><p>{ruby} are called by this name in all the schools of the country, he said.</p>"
    assert read(f"<article><h1>{TITLE}</h1>{sentence}{BODY}</article>")[1].startswith("漢字 are called")


def test_other_news_below_an_article_that_looks_different_is_left_out() -> None:
    feed = "".join(
        f"<div class=item><div>Town hall</div><p class=abstract>{text}</p></div>" for text in OTHERS[:4]
    )
    article = f"<div class=story><h1>{TITLE}</h1>{BODY * 2}</div>"
    assert not set(OTHERS) & set(read(f"<div>{article}<div class=stream>{feed}</div></div>"))


@pytest.mark.parametrize(
    "heading",
    ["Explore more articles.", "Read This Next", "Discover more from The Herald", "Recent posts on ferries"],
)
def test_a_heading_that_leads_to_other_articles_ends_this_one(heading: str) -> None:
    other = "".join(f"<div class=other><p class=lead>{text}</p></div>" for text in OTHERS[:3])
    assert read(f"<main><h1>{TITLE}</h1>{BODY}<h3>{heading}</h3>{other}</main>") == TEXT
