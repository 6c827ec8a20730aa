"""What is the article of a page, and what only stands beside it."""

from typing import Any

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.text import feed_text, page_text
from bot.model.articles import ReadBy

URL = "https://news.example/2026/a-story"
SENTENCE = "The transport minister said on Tuesday that contract number {} had been awarded after a proper tender."
TEXT = [SENTENCE.format(number) for number in range(8)]
BODY = "".join(f"<p>{text}</p>" for text in TEXT)


def read(inside: str = "", *, after: str = "", before: str = "", head: str = "") -> list[str]:
    """Return the paragraphs of a page whose article has `inside` after its fourth paragraph."""
    paragraphs = [f"<p>{text}</p>" for text in TEXT]
    article = "".join([*paragraphs[:4], inside, *paragraphs[4:]])
    body = f"{before}<article><h1>T</h1>{article}</article>{after}"
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return page_text(page.encode(), URL, "text/html; charset=utf-8").text.split("\n\n")


@pytest.mark.parametrize(
    "inside",
    [
        "<p><b>READ MORE:</b> <a href=/x>Minister under fire over ferry contract</a></p>",
        "<p>Also read | <a href=/x>Minister under fire over ferry contract</a></p>",
        "<p><a href=/x>Minister under fire over ferry contract</a></p>",
        "<p>SEE ALSO: Minister under fire over ferry contract</p>",
        "<figure><img src=a><figcaption>The minister leaves her office on Tuesday.</figcaption></figure>",
        "<div class='caption-text'>The minister leaves her office in the capital on Tuesday.</div>",
        "<p>The minister on Tuesday (Photo by Ann Author/Getty Images)</p>",
        "<p>Image: Ann Author/Reuters</p>",
        "<p>Sign up for our daily newsletter and get the news delivered to your inbox.</p>",
        "<div class='newsletter'><p>The best of the week, every Friday, for all who like ferries.</p></div>",
        "<p>We use cookies to give you the best experience on our site.</p>",
        "<p>Advertisement</p>",
        "<div>Story continues below</div>",
        "<aside><h3>Related</h3><p>The ferry company was founded by two brothers in the year 1921.</p></aside>",
        "<p>This article was amended on 4 March. An earlier version said that there were nine contracts.</p>",
        "<p>Correction: the contract was signed in May.</p>",
        "<p>Editor's note: We updated our list of ferries on March 4.</p>",
        "<p>This story about ferries was written by Ann Author and produced by the Harbour Report.</p>",
        "<p>[ Also read Ferries: nine contracts and one tender. ]</p>",
        "<p>Nine ferries lie in the harbour at night. Photo by: 'Ann Author'.</p>",
        "<p>Get the best of our ferries sent straight to your phone!</p>",
        "<p>Thanks for signing up!</p>",
        "<p>Do you know more about the ferries? Then fill out the form below, and our desk will call.</p>",
        "<p>Support The News! Become a Patron on Patreon, or buy a cup with a ferry on it in our shop.</p>",
        "<p>Please check your inbox for a message.</p>",
        "<p>By signing up, you agree to receive messages from The News at the number provided. Rates may apply. "
        "Up to two a day. Reply STOP to opt out, HELP for help. Consent is not a condition of purchase. See our "
        "notes on this, on all that belongs to it, on the ferries, and on the harbour.</p>",
        """<div>{"layout":2,"button":{"text":"Buy now"},"note":"Nine firms, she said, would apply."}</div>""",
        "<ul class='TableOfContent__List'><li>1. Why nine firms bid</li><li>2. What the minister says</li></ul>",
        "<p>Follow us on <a href=https://x.example/n>X</a> for more.</p>",
    ],
)
def test_what_stands_between_paragraphs_and_is_none_is_left_out(inside: str) -> None:
    assert read(inside) == TEXT


@pytest.mark.parametrize(
    "inside",
    [
        "<aside>The contract runs for nine years, longer than any before it in this country.</aside>",
        "<div id='related-firms-and-the-contract'><p>Both firms belong to the same family, she said.</p></div>",
        "<div class='bg-secondary-700 no-sidebar'><p>Both firms belong to the same family, she said.</p></div>",
        "<figure><table><tr><td>Nine contracts</td></tr></table></figure>",
        "<ul><li><a href=https://x.example/d>Ferry contracts, all nine letters</a></li></ul>",
        "<p>Please sign up for a training, the minister told all captains of the ferries.</p>",
        "<p><a href=/doc>The ministry published all nine contracts and the letters about them on Tuesday.</a></p>",
        "<p>“Subscribe to our newsletter, the banner said,” the witness told the court.</p>",
        "<p>Ministers said sites must offer a button to reject all cookies.</p>",
        "<p>Photographs of the ferry were shown to the jury.</p>",
        "<p>Since this article was written, nine more firms have won a contract for a ferry.</p>",
        "<p>By submitting nine offers, you would win a contract, the minister told the firms.</p>",
        "<p>Related companies have won seven of the nine contracts.</p>",
        "<blockquote><p>I was never asked about the contract by anybody at all.</p></blockquote>",
    ],
)
def test_what_resembles_it_and_is_text_is_kept(inside: str) -> None:
    assert len(read(inside)) == len(TEXT) + 1


def test_a_q_element_is_a_quotation() -> None:
    paragraphs = read("<p>She called it <q>a sad day, <q>very sad</q></q> and left, <q>“for good”</q>.</p>")
    assert paragraphs[4] == "She called it “a sad day, ‘very sad’” and left, “for good”."


@pytest.mark.parametrize(
    ("post", "quotation"),
    [
        (
            "<blockquote class='twitter-tweet'><p>We will not sign. <a href=https://t.co/a>https://t.co/a</a></p>"
            "&mdash; Ann Author 🚢 (@ann) <a href=/s>March 4, 2026</a></blockquote>",
            "“We will not sign.” — Ann Author",
        ),
        (
            "<blockquote class='bluesky-embed' data-x=1><p>We will not sign.</p>&mdash; Ann Author "
            "(<a href=/p>@ann.bsky.example</a>) <a href=/s>March 4</a></blockquote>",
            "“We will not sign.” — Ann Author",
        ),
        ("<blockquote class='tiktok-embed'><p>We will not sign. @ann.author</p></blockquote>", None),
        ("<blockquote class='instagram-media'><a>View this post on Instagram</a></blockquote>", ""),
    ],
)
def test_an_embedded_post_is_a_quotation_of_who_wrote_it(post: str, quotation: str | None) -> None:
    paragraphs = read(post)
    if quotation:
        assert paragraphs == [*TEXT[:4], quotation, *TEXT[4:]]
    elif quotation is None:
        assert paragraphs[4].startswith("“We will not sign.")
    else:
        assert paragraphs == TEXT


COMMENT = "I do not believe a word of this, and I have lived in this town for sixty years, as everybody knows."


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div id=comments>{}</div>",
        "<section class='comments-area'>{}</section>",
        "<div id=disqus_thread>{}</div>",
        "<div itemscope itemtype='https://schema.org/Comment'>{}</div>",
        "<div class='post entry' itemprop=comment>{}</div>",
    ],
)
def test_readers_comments_are_none_of_it_however_many_there_are(wrapper: str) -> None:
    comments = "".join(f"<article class='post entry'><p>{COMMENT} {n}.</p></article>" for n in range(40))
    assert read(after=wrapper.format(comments)) == TEXT


def test_announcements_of_other_articles_are_told_without_any_class() -> None:
    cards = "".join(
        f"<div><h3><a href=/{n}>Another headline here</a></h3><p>{COMMENT} {n}.</p></div>" for n in range(9)
    )
    assert read(after=f"<div>{cards}</div>") == TEXT


def a_stream(
    count: int, *, teaser: str, title: str = "<h3><a href=/n{n}>News number {n} from the coast</a></h3>"
) -> str:
    items = "".join(f"<li class='item'>{title.format(n=n)}<p>{teaser.format(n=n)}</p></li>" for n in range(count))
    return f"<div class='latest'><ul>{items}</ul></div>"


LONG = "A spokesman for harbour number {n} said on Monday that the ferries would run again on Friday. " * 3


def test_a_stream_of_other_articles_is_none_of_it_however_long_its_teasers() -> None:
    stream = a_stream(4, teaser=LONG)
    assert read(after=stream) == TEXT
    assert read(stream) == TEXT
    assert read(before=stream) == TEXT


def test_a_live_ticker_is_none_of_it_though_not_every_line_has_a_title() -> None:
    ticker = "".join(
        f"<li class='line'><a href=/n{n}>News number {n} from the coast</a></li>" * 2
        + f"<li class='line'><a href=/t>14:0{n}</a> <p>The mayor of harbour {n} said it would reopen.</p></li>"
        for n in range(9)
    )
    assert read(after=f"<div><ul>{ticker}</ul></div>") == TEXT


def test_a_list_of_things_is_the_article_that_has_little_else() -> None:
    listed = a_stream(9, teaser=LONG)
    page = f"<html><body><article><h1>Nine harbours</h1><p>{TEXT[0]}</p>{listed}</article></body></html>"
    assert page_text(page.encode(), URL, None).text.count("the ferries would run again") == 27


@pytest.mark.parametrize(
    "rest",
    [
        "<div class='read-more-content' style='display:none'>{}</div>",
        "<div class='article-rest full-text' hidden>{}</div>",
        "<div class='accordion'><div aria-hidden='true'>{}</div></div>",
        "<div class='panel collapsed d-none'>{}</div>",
    ],
)
def test_what_unfolds_when_asked_for_is_text(rest: str) -> None:
    more = [f"Harbour number {n} would be closed for repairs in spring, she told reporters." for n in range(3)]
    assert read(rest.format("".join(f"<p>{text}</p>" for text in more))) == [*TEXT[:4], *more, *TEXT[4:]]


@pytest.mark.parametrize(
    "hidden", ["<div class='modal collapse' hidden>{}</div>", "<div style='display:none'>{}</div>"]
)
def test_what_is_hidden_otherwise_is_none_of_it(hidden: str) -> None:
    assert (
        read(hidden.format("<p>Harbour number one would be closed for repairs, she told reporters.</p>")) == TEXT
    )


def test_conditions_for_republishing_are_none_of_it_even_if_the_article_is_in_a_sidebar() -> None:
    terms = "<p>We are happy for our stories to be shared, and ask that you follow a few simple rules.</p>" * 5
    page = (
        f"<html><body><div><h1>T</h1><div class='sidebar'>{BODY}</div></div><div class='cc-policy'>{terms}</div>"
    )
    assert page_text(page.encode(), URL, None).text.split("\n\n") == TEXT


@pytest.mark.parametrize(
    "note",
    [
        "<p>Ann Author is a reporter who covers transport for The News.</p>",
        "<p><em>Ann Author is the founder of a ferry company.</em></p>",
        "<p>Reporting by Ann Author; Editing by Bo Byline</p>",
        "<p>Bo Byline contributed to this report.</p>",
        "<p>Ann Author started The Ferry Post in 2010, and has since then seen every harbour.</p>",
        "<h3>About the author</h3><p>She has written for many papers, and lives near the harbour.</p>",
        "<p>© 2026 The News. All rights reserved.</p>",
        f"<p>Ann has been a freelance ferry reporter for years. {'She likes all harbours of ours. ' * 15}</p>",
    ],
)
def test_the_end_of_an_article_is_not_about_who_wrote_it(note: str) -> None:
    head = '<meta name="author" content="Ann Author">'
    page = f"<!doctype html><html><head>{head}</head><body><article>{BODY}{note}</article></body></html>"
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == TEXT


@pytest.mark.parametrize("author", ["Ann Author", ""])
def test_an_article_does_not_begin_or_go_on_with_who_wrote_it(author: str) -> None:
    note = "<p>Ann Author is an award-winning journalist who covers ferries and harbours.</p>"
    head = f'<meta name="author" content="{author}">' if author else ""
    assert read(before="", head=head, inside=note if author else "") == TEXT
    page = f"<!doctype html><html><head>{head}</head><body><article><h1>T</h1>{note}{BODY}</article></body></html>"
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == TEXT


def test_whoever_is_introduced_only_at_the_end_wrote_it() -> None:
    guest = "<p>Dana Guest is an adjunct professor at the university and writes about harbours.</p>"
    assert read(after="")[-1] == TEXT[-1]
    page = f"<!doctype html><html><body><article><h1>T</h1>{BODY}{guest}</article></body></html>"
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == TEXT
    spoken_of = f"<p>Mr Guest told the court on Tuesday that no tender had been held for it.</p>{guest}"
    page = f"<!doctype html><html><body><article><h1>T</h1>{BODY}{spoken_of}</article></body></html>"
    assert len(page_text(page.encode(), URL, "text/html").text.split("\n\n")) == len(TEXT) + 2


def test_a_label_in_the_middle_ends_no_article() -> None:
    rest = "".join(f"<div class=box><p class=row>{text}</p></div>" for text in TEXT[5:])
    first = "".join(f"<p>{text}</p>" for text in TEXT[:5])
    page = (
        f"<!doctype html><html><body><article><h1>T</h1>{first}<div>Read more</div>{rest}</article></body></html>"
    )
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == TEXT


@pytest.mark.parametrize(
    "wrapper",
    [
        "<body class='has-comments no-sidebar'>{}</body>",
        "<form id=aspnetForm>{}</form>",
        "<div hidden id=S:0>{}</div>",
        "<div class='page widget newsletter related'>{}</div>",
        "<button class=menu>{}",
        "<aside>{}</aside>",
    ],
)
def test_a_misleading_name_around_everything_hides_nothing(wrapper: str) -> None:
    page = f"<!doctype html><html><body>{wrapper.format(f'<div>{BODY}</div>')}</body></html>"
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == TEXT


def test_the_body_in_linked_data_serves_where_the_page_shows_less() -> None:
    body = "\\n\\n".join(TEXT)
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    for shown in ("", f"<p>{TEXT[0]}</p>"):
        page = f"<!doctype html><html><head>{data}</head><body><main>{shown}</main></body></html>"
        found = page_text(page.encode(), URL, "text/html")
        assert found.text.split("\n\n") == TEXT
        assert found.read_by is ReadBy.LINKED_DATA
    teaser = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{TEXT[0]}"}}</script>'
    page = f"<!doctype html><html><head>{teaser}</head><body><main>{BODY}</main></body></html>"
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == TEXT


def test_slow_means_are_only_for_those_who_ask() -> None:
    page = f"<!doctype html><html><body><main>{BODY}</main></body></html>".encode()
    assert page_text(page, URL, "text/html").read_by is ReadBy.PARAGRAPHS
    assert page_text(page, URL, "text/html", True).text.split("\n\n") == TEXT


def test_a_second_opinion_is_asked_once_and_about_less_than_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    extraction = trafilatura.bare_extraction

    def counted(tree: Any, **options: Any) -> Any:
        asked.append(" ".join(tree.itertext()))
        return extraction(tree, **options)

    monkeypatch.setattr("bot.articles.page_readings.trafilatura.bare_extraction", counted)
    menu = "".join(f"<li><a href='/{n}'>Section number {n}</a></li>" for n in range(30))
    page = f"<!doctype html><html><body><nav><ul>{menu}</ul></nav><main><p>{TEXT[0]}</p></main></body></html>"
    assert page_text(page.encode(), URL, "text/html").text == TEXT[0]
    assert [("Section number" in what, TEXT[0] in what) for what in asked] == [(False, True)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ol><li><p>Harbour closed until further notice</p></li></ol>", "Harbour closed until further notice"),
        ("<article><h2>Vote at noon</h2><h2>Result at four</h2></article>", "Vote at noon\n\nResult at four"),
        ("<p>Harbour closed <a href='javascript:'>until noon</a></p>", "Harbour closed until noon"),
        ("<p>Latest news</p><p><a href='/1'>Harbour closed</a></p>", ""),
        ("<nav><p>Menu</p></nav><p>Latest news</p>", ""),
        ("<script>load()</script><p>Loading…</p>", ""),
    ],
)
def test_a_note_without_sentences_is_read_whole_unless_it_has_links_or_a_menu(body: str, text: str) -> None:
    page = f"<!doctype html><html><body>{body}</body></html>"
    found = page_text(page.encode(), URL, "text/html")
    assert (found.text, found.read_by) == (text, ReadBy.WHOLE if text else found.read_by)


@pytest.mark.parametrize("inside", [80, 300])
def test_a_name_for_boxes_hides_no_article_that_is_longer_than_any_box(inside: int) -> None:
    words = " ".join(f"word{n}" for n in range(20)) + "."
    body = "".join(f"<p>{n} {words}</p>" for n in range(inside // 20))
    page = (
        f"<!doctype html><html><body><h1>A letter</h1><div class='newsletter-text'>{body}</div>"
        f"<div class='words'>{BODY}</div></body></html>"
    )
    assert ("word7" in page_text(page.encode(), URL, "text/html").text) is (inside == 300)


def test_the_content_of_an_entry_follows_the_same_rules() -> None:
    said = "<p>We will not sign.</p>&mdash; Ann Author (@ann) <a>4 March</a>"
    html = (
        f"<p>{TEXT[0]}</p><p><b>READ MORE:</b> <a href=/x>Minister under fire</a></p>"
        f"<p>She called it <q>a sad day</q>.</p><blockquote class='twitter-tweet'>{said}</blockquote>"
        f"<figure><figcaption>The minister leaves.</figcaption></figure><p>Sign up for our newsletter here.</p>"
    )
    assert feed_text(html).split("\n\n") == [
        TEXT[0],
        "She called it “a sad day”.",
        "“We will not sign.” — Ann Author",
    ]
    assert feed_text(f"{TEXT[0]}\n\nAlso read: Minister under fire\n\n{TEXT[1]}") == f"{TEXT[0]}\n\n{TEXT[1]}"


MARKUP = st.recursive(
    st.text(alphabet="ab. “”<&—@:", max_size=30),
    lambda inner: st.builds(
        "<{0} class='{1}'>{2}</{0}>".format,
        st.sampled_from(
            ["p", "div", "li", "q", "blockquote", "a href=/x", "h1", "figure", "button", "pre", "br", "table"]
        ),
        st.sampled_from(["", "comments", "twitter-tweet", "related card", "story-body", "hidden"]),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_any_markup_is_read(markup: str) -> None:
    page_text(f"<html><body>{markup}<p>{TEXT[0]}</p></body></html>".encode("utf-8", "replace"), URL, "text/html")


def test_short_sentences_at_the_end_are_the_article_s() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    page = f"<html><body><article><h1>T</h1>{paragraphs}<p>She lost.</p><p>Tags</p></article></body></html>"
    assert page_text(page.encode(), URL, "text/html").text.split("\n\n") == [*TEXT, "She lost."]


def test_numbered_titles_are_items_of_the_article_and_no_cards() -> None:
    title = "<h3><a href=/n{n}>{n}. The harbour in the north</a></h3>"
    assert len(read(a_stream(4, teaser=LONG, title=title))) == len(TEXT) + 4


def test_paragraphs_about_a_bakery_are_no_notice_on_cookies() -> None:
    bakery = "The bakery serves cookies to captains all day long, and we liked them best with tea. " * 6
    assert bakery.strip() in read(f"<div><p>{bakery}</p></div>")
