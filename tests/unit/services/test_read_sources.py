"""What to read of what somebody typed, or of a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.services.read_sources import (
    LONGEST_TEXT,
    MOST_SOURCES,
    MessageEmbed,
    Source,
    sources_of_message,
    typed_source,
)

REPORT = "“The dam will hold until spring,” Elena Marsh said on Monday in Dunmore. Otto Kreis denied it."
LONG = " ".join([REPORT] * 3)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://news.example/a-1?utm_source=x", "https://news.example/a-1"),
        ("  <https://news.example/a-1>  ", "https://news.example/a-1"),
        ("news.example/a-1", "https://news.example/a-1"),
        ("HTTP://News.Example/a-1#top", "http://news.example/a-1"),
        ("look: https://news.example/a-1", "https://news.example/a-1"),
    ],
)
def test_an_address_is_read_in_its_canonical_form(typed: str, url: str) -> None:
    assert typed_source(typed) == Source(url)


def test_a_text_is_read_as_it_is_also_if_it_has_a_link() -> None:
    assert typed_source(REPORT) == Source(None, REPORT)
    assert typed_source(f"{LONG} https://news.example/a-1").url is None


@pytest.mark.parametrize("typed", ["hello", "ftp://news.example/a", "javascript:alert(1)", "!?", "so what", "   "])
def test_what_can_not_be_read_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        typed_source(typed)
    assert refused.value.message.endswith((".", "?"))


def test_links_are_found_in_sentences_and_markup() -> None:
    content = (
        "See [this](https://a.example/one_(two)), <https://b.example/2> and **https://c.example/3**.\n"
        "Again https://a.example/one_(two)?fbclid=9"
    )
    urls = ["https://a.example/one_(two)", "https://b.example/2", "https://c.example/3"]
    assert sources_of_message(content) == [Source(url) for url in urls]


def test_a_remark_about_a_link_is_not_read_and_a_report_is() -> None:
    assert sources_of_message("You should really all read this! https://a.example/1") == [
        Source("https://a.example/1")
    ]
    page, text = sources_of_message(f"{LONG} https://a.example/1")
    assert page.url == "https://a.example/1"
    assert text.text == LONG


def test_embeds_are_read_but_the_preview_of_a_link_is_not() -> None:
    preview = MessageEmbed("https://a.example/1?utm_medium=x", ("Dam holds", LONG))
    assert sources_of_message("https://a.example/1", [preview]) == [Source("https://a.example/1")]
    own = MessageEmbed(None, ("Dam holds", LONG))
    assert sources_of_message("", [own]) == [Source(None, f"Dam holds\n\n{LONG}")]
    linked = MessageEmbed("https://b.example/2", ("Dam holds",))
    assert sources_of_message("", [linked]) == [Source("https://b.example/2")]


def test_messages_files_and_moving_pictures_are_no_articles() -> None:
    content = "https://discord.com/channels/1/2/3 https://cdn.discordapp.com/a.png https://tenor.com/view/x"
    assert sources_of_message(content) == []


def test_few_sources_of_a_message_are_read_and_its_own_text_is_among_them() -> None:
    links = " ".join(f"https://a.example/{number}" for number in range(9))
    assert len(sources_of_message(links)) == MOST_SOURCES
    found = sources_of_message(f"{LONG} {links}")
    assert len(found) == MOST_SOURCES
    assert found[-1].text == LONG


def test_the_same_page_has_one_subject_whatever_its_scheme() -> None:
    assert Source("http://news.example/a").subject == Source("https://www.news.example/a").subject
    assert Source("https://news.example/a").subject != Source("https://news.example/b").subject
    assert Source(None, "https://news.example/a").subject != Source("https://news.example/a").subject


@given(st.text(max_size=400), st.lists(st.tuples(st.none() | st.text(max_size=60), st.text(max_size=200))))
def test_any_message_has_at_most_so_many_sources(content: str, given_embeds: list[tuple[str | None, str]]) -> None:
    embeds = [MessageEmbed(url, (text,)) for url, text in given_embeds]
    found = sources_of_message(content, embeds)
    assert len(found) <= MOST_SOURCES
    for source in found:
        assert len(source.subject) == 64
        assert len(source.text) <= LONGEST_TEXT
        assert (source.url is None) != (source.text == "")


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_source_or_refused(typed: str) -> None:
    try:
        source = typed_source(typed)
    except BadInput:
        return
    assert source.url or source.text
