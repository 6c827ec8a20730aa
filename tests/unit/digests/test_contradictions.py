"""Filters that no article can pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.contradictions import contradiction_in
from bot.digests.filtering import passes
from bot.digests.filters import Node, parsed_filter
from tests.unit.digests.test_filters import NODES, an_article

FEEDS = [("Example Times", "https://times.example/feed")]


@pytest.mark.parametrize(
    "text",
    [
        "dam -dam",
        "Dam -dàm",
        "(dam or flood) -dam -flood",
        "flooding -flood*",
        '"water level" -water',
        "outlet:courier -outlet:courier",
        'outlet:"the courier" -outlet:courier',
        "lang:en lang:de",
        "lang:pt-br -lang:pt",
        "kind:denial -kind:d*",
        'topic:"dam water" -topic:water',
        "feed:gazette",
        "(lang:en lang:de) or (dam -dam)",
        "-(dam or -dam)",
    ],
)
def test_what_contradicts_itself_can_never_pass(text: str) -> None:
    assert contradiction_in(parsed_filter(text), FEEDS)


@pytest.mark.parametrize(
    "text",
    [
        "dam",
        "dam -flood",
        "-dam or dam",
        "dam* -dam",
        'water -"water level"',
        "outlet:courier outlet:herald",
        "lang:en -lang:en-gb",
        "lang:en lang:en-gb",
        "kind:denial kind:question",
        "kind:d* -kind:denial",
        "topic:dam -dam",
        "actor:Marsh -topic:Marsh",
        "feed:times",
        "feed:gazette or dam",
        "-feed:gazette",
    ],
)
def test_what_an_article_may_pass_is_left_alone(text: str) -> None:
    assert contradiction_in(parsed_filter(text), FEEDS) is None


def test_feeds_that_are_not_known_contradict_nothing() -> None:
    assert contradiction_in(parsed_filter("feed:gazette")) is None


def test_a_filter_of_very_many_alternatives_is_taken_to_be_possible_at_once() -> None:
    assert contradiction_in(parsed_filter(" ".join(["(aa or bb or cc)"] * 20))) is None


@given(NODES, st.text(alphabet="adm flo", max_size=20), st.sampled_from(["en", "de", "pt-br", None]))
def test_a_filter_that_an_article_passes_is_never_called_impossible(
    node: Node, text: str, lang: str | None
) -> None:
    if passes(node, an_article(text=text, language=lang)):
        assert contradiction_in(node) is None
