"""Different numbers for one thing, in one story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.figures import differing_figures, figures_in
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim


def said(number: int, content: str, kind: Kind = Kind.STATEMENT) -> DigestClaim:
    return DigestClaim(
        number, "Police", None, content, kind, Wording.PARAPHRASED, 0.9, f"Outlet {number}", "", article_id=number
    )


@pytest.mark.parametrize(
    ("content", "figures"),
    [
        ("11 people were killed", [("dead", 11)]),
        ("Fourteen dead", [("dead", 14)]),
        ("the death toll had risen to 1,400", [("dead", 1400)]),
        ("the blast killed 12 civilians and 30 were injured", [("dead", 12), ("injured", 30)]),
        ("8 miners are still missing", [("missing", 8)]),
        ("at least 11 people had died", []),
        ("another 5 people had died", []),
        ("up to 40 people may be trapped", []),
        ("three of them were injured", []),
        ("5% of those infected died", []),
        ("the fire destroyed 11 houses", []),
    ],
)
def test_what_is_counted_is_read_if_it_is_a_plain_figure(content: str, figures: list[tuple[str, int]]) -> None:
    assert sorted(figures_in(content)) == sorted(figures)


def test_an_endless_number_is_none() -> None:
    assert figures_in("1" * 5_000 + " people dead") == []


def test_different_numbers_are_listed_with_their_claims() -> None:
    claims = [said(1, "14 people were killed"), said(2, "11 dead"), said(3, "14 people had died")]
    (found,) = differing_figures(claims)
    assert found.counted == "dead"
    assert [(figure.number, [c.claim_id for c in figure.claims]) for figure in found.figures] == [
        ("11", [2]),
        ("14", [1, 3]),
    ]


def test_what_can_both_be_right_is_not_listed() -> None:
    assert differing_figures([said(1, "14 people were killed"), said(2, "at least 11 people were killed")]) == []
    assert (
        differing_figures([said(1, "14 people were killed in Aarle"), said(2, "11 dead in the town of Lozova")])
        == []
    )
    assert differing_figures([said(1, "14 people were killed"), said(2, "11 people were injured")]) == []
    assert differing_figures([said(1, "14 people were killed"), said(2, "11 dead", Kind.QUESTION)]) == []
    assert differing_figures([said(1, "11 were killed"), said(1, "14 were killed")]) == []


@given(st.lists(st.text(alphabet="14 deadkilpoe#.,", max_size=40), max_size=5))
def test_any_contents_can_be_compared(contents: list[str]) -> None:
    for found in differing_figures([said(number, content) for number, content in enumerate(contents)]):
        assert len(found.figures) > 1
