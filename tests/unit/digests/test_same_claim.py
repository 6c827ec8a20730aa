"""What is merged is claimed of an outlet: harmless differences are seen through, and no harmful one is."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.amounts import amounts_read
from bot.digests.merging import groups_of
from bot.digests.plain_form import plain_form
from bot.digests.same_claim import Said, same_claim
from bot.digests.stems import stem_of
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim

ROOT = Path(__file__).parents[3]
PAIRS = [
    json.loads(line)
    for name in ("pairs", "more", "rounds")
    for line in (ROOT / f"gold/merging/{name}.jsonl").read_text("utf-8").splitlines()
]
BLIND = ROOT / "gold/merging/blind.jsonl"
SHARED = ROOT / "../shared/eval/merging/dev.jsonl"


def claim(given: dict[str, Any], number: int) -> DigestClaim:
    kind, wording = Kind(given["kind"]), Wording(given["wording"])
    return DigestClaim(number, given["actor"], None, given["content"], kind, wording, 0.9, f"Outlet {number}", "")


def is_merged(pair: dict[str, Any]) -> bool:
    return len(groups_of([claim(given, number) for number, given in enumerate(pair["claims"])])) == 1


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']}-{pair['why']}")
def test_written_pairs_are_merged_if_they_say_the_same(pair: dict[str, Any]) -> None:
    assert is_merged(pair) is pair["same"]


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared pairs are not here")
def test_of_the_shared_pairs_none_is_merged_falsely() -> None:
    pairs = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    assert [pair["why"] for pair in pairs if is_merged(pair) and not pair["same"]] == []
    same = [pair for pair in pairs if pair["same"]]
    assert sum(map(is_merged, same)) >= 0.85 * len(same)


def test_of_the_pairs_written_blind_none_is_merged_falsely_and_most_are_merged() -> None:
    pairs = [json.loads(line) for line in BLIND.read_text("utf-8").splitlines()]
    assert [pair["id"] for pair in pairs if is_merged(pair) and not pair["same"]] == []
    assert sum(is_merged(pair) for pair in pairs) > 11


def test_a_surname_of_two_speakers_is_neither() -> None:
    words = {
        "kind": "statement",
        "wording": "verbatim",
        "content": "The vote should be held again before the summer",
    }
    names = ("Anna Berg", "Berg", "Karl Berg")
    groups = groups_of([claim({**words, "actor": name}, number) for number, name in enumerate(names)])
    assert [[one.actor for one in group] for group in groups] == [["Anna Berg"], ["Berg"], ["Karl Berg"]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("£1.9bn", "#£1900000000"),
        ("£1,900 million", "#£1900000000"),
        ("3.4 per cent", "#3.4%"),
        ("3.4%", "#3.4%"),
        ("twenty-one", "#21"),
        ("5,00,000 rupees", "#₹500000"),
        ("two million", "#2000000"),
        ("a million", "#1000000"),
        ("b737", "b737"),
        ("one", "one"),
    ],
)
def test_equal_amounts_are_read_alike(text: str, read: str) -> None:
    assert amounts_read(text).strip() == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modernise", "modernized"),
        ("centres", "center"),
        ("honoured", "honor"),
        ("defence", "defense"),
        ("knew", "knows"),
    ],
)
def test_spellings_and_tenses_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_contents_can_be_compared_in_either_order(one: str, other: str) -> None:
    first, second = (
        Said.of(DigestClaim(n, "Ada Quist", None, text, Kind.STATEMENT, Wording.PARAPHRASED, 0.9, "A", ""))
        for n, text in enumerate((one, other))
    )
    assert same_claim(first, second) == same_claim(second, first)


@given(st.text(alphabet=" abcdefgh0123456789,.-%£", max_size=200))
def test_a_plain_form_has_words_of_its_text_only(text: str) -> None:
    form = plain_form(text)
    assert len(form.words) <= len(form.text.split())
