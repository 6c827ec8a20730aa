"""The contrary of what the same actor said before, only where it is sure."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.digests.reversals import reversals_of
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from tests.unit.digests.samples import claim

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "gold/reversals/pairs.jsonl").read_text("utf-8").splitlines()
]
MISSED = {"own-10", "own-11", "own-12"}
"""Contrary pairs that are not sure enough for the rules."""


def said(number: int, content: str, cue: str = "said", **given: Any) -> DigestClaim:
    kind = Kind.QUESTION if cue == "asked" else Kind.STATEMENT
    return replace(claim(number, "Elena Marsh", content, kind=kind), cue=cue, **given)


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair['id']} {pair['why']}" for pair in PAIRS])
def test_written_pairs_are_told_apart(pair: dict[str, Any]) -> None:
    earlier, later = (said(number, one["content"], one["cue"]) for number, one in enumerate(pair["claims"], 1))
    found = reversals_of([earlier, later])
    assert found == ({2: earlier} if pair["contrary"] and pair["id"] not in MISSED else {})


def test_it_is_the_latest_earlier_claim_that_counts() -> None:
    words = ("I will resign", "I will not resign", "I will resign!", "I never will resign")
    claims = [said(number, content) for number, content in enumerate(words, 1)]
    assert {later: earlier.claim_id for later, earlier in reversals_of(claims).items()} == {2: 1, 3: 2, 4: 3}


@pytest.mark.parametrize("given", [{"told_by": ("Nils Berg",)}, {"taken_back": "later retracted"}])
def test_what_others_pass_on_and_what_was_taken_back_is_no_reversal(given: dict[str, Any]) -> None:
    assert reversals_of([said(1, "I will resign", **given), said(2, "I will not resign")]) == {}
    assert reversals_of([said(1, "I will resign"), said(2, "I will not resign", **given)]) == {}


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("did not deny that", "the company took the money"),
        ("never denied", "the company took the money"),
        ("couldn’t deny that", "the company took the money"),
        ("would not say that", "the company did not take the money"),
        ("has never said that", "the company did not take the money"),
        ("declined to say that", "the company did not take the money"),
        ("refused to rule out that", "the company did not take the money"),
        ("stopped short of saying that", "the company did not take the money"),
    ],
)
def test_what_was_not_denied_or_not_said_is_no_reversal(cue: str, content: str) -> None:
    plain = "the company took the money"
    assert reversals_of([said(1, plain), said(2, content, cue)]) == {}
    assert reversals_of([said(1, content, cue), said(2, plain)]) == {}


def test_nothing_is_found_in_nothing() -> None:
    assert reversals_of([]) == {}
    assert reversals_of([said(1, ""), said(2, "not")]) == {}
