"""Filters: what they match, where they are wrong, and which part decides."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.filtering import explain, passes
from bot.digests.filters import (
    DEEPEST,
    AllOf,
    AnyOf,
    Field,
    Negation,
    Node,
    Term,
    all_of,
    any_of,
    parsed_filter,
    written_filter,
)
from bot.errors import BadInput
from bot.model.claims import Kind
from bot.model.digests import LONGEST_FILTER, FilterableArticle


def an_article(**given: Any) -> FilterableArticle:
    values: dict[str, Any] = {
        "article_id": 1,
        "title": "Zürich dam is safe, says engineer",
        "url": "https://www.courier.example/dam",
        "text": "The water level fell overnight.\n\n“Nobody’s house was flooded,” O’Brien said.",
        "outlet": "The Courier",
        "language": "en-GB",
        "actors": ("Ada Quist", "Sean O’Brien"),
        "aliases": ("Engineer Quist",),
        "claims": ((Kind.DENIAL, "nobody’s house was flooded"), (Kind.PREDICTION, "the gates will open in May")),
        "feeds": (("World news", "https://courier.example/world.rss"),),
    }
    return FilterableArticle(**values | given)


@pytest.mark.parametrize(
    "wanted",
    [
        "dam",
        "DAM zurich",
        "nobody",
        "flood*",
        '"water level"',
        "“Water Level”",
        '"water lev"*',
        "o'brien",
        "outlet:courier",
        "outlet:courier.example",
        'outlet:"the courier"',
        'actor:"ada quist"',
        "actor:quist",
        "actor:engineer",
        "topic:gates",
        'topic:"may gates"',
        "topic:engin*",
        "feed:world",
        "feed:courier.example/world.rss",
        "lang:en",
        "lang:EN-gb",
        "kind:denial",
        "kind:pred*",
        "dam and safe",
        "snow or dam",
        "-snow",
        "not snow dam",
        "-(snow or hail)",
        "snow hail or dam",
        "(snow or dam) (hail or safe)",
        "NOT -dam",
    ],
)
def test_an_article_passes_what_fits_it(wanted: str) -> None:
    verdict = explain(parsed_filter(wanted), an_article())
    assert verdict.passes, verdict.reason
    assert not passes(parsed_filter(f"-({wanted})"), an_article())


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ("snow", "“snow” is neither in the headline nor in the text"),
        ("da", "“da” is neither in the headline nor in the text"),
        ('"level water"', "“level water” is neither in the headline nor in the text"),
        ("-dam", "“dam” is in the headline"),
        ("dam -flood*", "“flood…” is in the text"),
        ("dam outlet:herald", "the outlet is The Courier, not “herald”"),
        ("-outlet:courier", "the outlet is The Courier"),
        ("actor:Marsh", "no actor is called “Marsh”"),
        ("-actor:quist", "Ada Quist is an actor"),
        ("topic:overnight", "neither the headline nor anything said is about “overnight”"),
        ("-topic:gates", "something is said about “gates”"),
        ("feed:sport", "no feed “sport” brought it"),
        ("-feed:world", "the feed World news brought it"),
        ("lang:de", "its language is en-gb, not de"),
        ("kind:demand", "it contains no claim of the kind “demand”"),
        ("-kind:denial", "it contains a claim of the kind “denial”"),
        (
            "snow or actor:marsh",
            "“snow” is neither in the headline nor in the text; no actor is called “marsh”",
        ),
    ],
)
def test_the_part_that_keeps_an_article_out_is_named(wanted: str, reason: str) -> None:
    verdict = explain(parsed_filter(wanted), an_article())
    assert (verdict.passes, verdict.reason) == (False, reason)


def test_the_part_that_lets_an_article_in_is_named() -> None:
    assert explain(parsed_filter("snow or dam"), an_article()).reason == "“dam” is in the headline"
    both = explain(parsed_filter("dam -snow"), an_article()).reason
    assert both == "“dam” is in the headline; “snow” is neither in the headline nor in the text"
    unknown = explain(parsed_filter("lang:en"), an_article(language=None))
    assert (unknown.passes, unknown.reason) == (False, "its language is not known")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "at least one word"),
        ("dam or outlet:", "after `outlet:` a name is missing, at character 15"),
        ("outlet: courier", "after `outlet:` a name is missing, at character 8"),
        ("oulet:bbc", "did you mean `outlet:`?), at character 1"),
        ("dam http://x", "`http:` is not known (there are `outlet:`"),
        (
            "kind:rumour",
            "`kind:` takes one of statement, denial, question, demand, "
            "opinion, prediction, promise, at character 6",
        ),
        ("lang:english", "`lang:` takes the code of a language, such as en or pt-br, at character 6"),
        ("lang:e*", "`lang:` takes the code"),
        ("(dam", "this `(` is never closed, at character 1"),
        ("dam )", "this `)` closes nothing, at character 5"),
        ("()", "a word is missing before `)`, at character 2"),
        ("dam or", "after `or` a word is missing, at character 7"),
        ("or dam", "a word is missing before `or`, at character 1"),
        ("dam and or x", "after `and` a word is missing before `or`, at character 9"),
        ("not", "after `not` a word is missing, at character 4"),
        ("dam - water", "`-` must touch what it leaves out, at character 5"),
        ('"the dam', "this quotation mark is never closed, at character 1"),
        ("da*m", "`*` may stand only at the end of a word, at character 3"),
        ("*", "before `*` the beginning of a word is missing, at character 1"),
        ('"the dam"x', "a space is missing, at character 10"),
        ("dam ?!", "there is no letter or digit to look for, at character 5"),
        (
            "(" * 21 + "x",
            f"more than {DEEPEST} parentheses and negations stand within each other, at character 21",
        ),
        ("-" * 30 + "x", "at character 21"),
        ("x" * 501, "too long: it has 501 characters, and 500 are allowed"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(written: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        parsed_filter(written)
    assert told in caught.value.message


PIECES = [
    *'"“”()*-: \t',
    "or",
    "and",
    "not",
    "dam",
    "outlet",
    "kind:",
    "opinion",
    "lang:de",
    "é",
    "😀",
    "10:30",
    "\x00",
]
HOSTILE = st.one_of(st.text(max_size=600), st.lists(st.sampled_from(PIECES), max_size=250).map("".join))


@settings(deadline=None)
@given(HOSTILE)
def test_whatever_is_written_is_read_or_refused_and_written_again_as_the_same(written: str) -> None:
    try:
        node = parsed_filter(written)
    except BadInput as error:
        assert error.message.endswith(".")
        return
    again = written_filter(node)
    assert len(again) <= LONGEST_FILTER
    assert parsed_filter(again) == node


WORD = st.sampled_from(["dam", "snow", "water level", "and", "-x", "10:30", "a:b", "courier", "quist"])
TERMS = st.one_of(
    st.builds(
        Term, WORD, st.sampled_from([None, Field.OUTLET, Field.ACTOR, Field.TOPIC, Field.FEED]), st.booleans()
    ),
    st.builds(Term, st.sampled_from([str(kind) for kind in Kind]), st.just(Field.KIND)),
    st.builds(Term, st.sampled_from(["en", "de", "pt-br"]), st.just(Field.LANG)),
)


def _compound(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(some.map(all_of), some.map(any_of), parts.map(Negation))


NODES: st.SearchStrategy[Node] = st.recursive(TERMS, _compound, max_leaves=8)


@settings(deadline=None)
@given(NODES)
def test_a_filter_that_is_written_and_read_again_is_the_same(node: Node) -> None:
    assert parsed_filter(written_filter(node)) == node


@settings(deadline=None)
@given(NODES, NODES)
def test_not_both_is_either_not(one: Node, other: Node) -> None:
    article = an_article()
    assert passes(Negation(AllOf((one, other))), article) == passes(
        AnyOf((Negation(one), Negation(other))), article
    )
    assert passes(Negation(AnyOf((one, other))), article) == passes(
        AllOf((Negation(one), Negation(other))), article
    )


@pytest.mark.parametrize(
    "written", ["(" * 500, "-" * 500, "a " * 250, "a or " * 100, '"' * 500, "a:" * 250, "a*" * 250, ") " * 250]
)
def test_the_longest_filters_on_a_long_article_are_judged_or_refused(written: str) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(passes(parsed_filter(written), an_article(text="a b " * 50_000)), bool)


def test_an_article_that_several_outlets_printed_is_of_each_of_them() -> None:
    copied = an_article(copies=(("Daily Heap", "https://heap.example/1"),))
    for wanted in ("outlet:courier outlet:heap", "outlet:heap.example"):
        assert passes(parsed_filter(wanted), copied)
    assert explain(parsed_filter("-outlet:heap"), copied).reason == "the outlet is Daily Heap"
    reason = explain(parsed_filter("outlet:herald"), copied).reason
    assert reason == "the outlet is The Courier and Daily Heap, not “herald”"


def test_a_colon_belongs_to_a_word_that_has_digits() -> None:
    assert parsed_filter("10:30") == Term("10:30")
