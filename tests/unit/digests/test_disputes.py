"""Who denies what another one claims: shown only where it is sure."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.disputes import disputes_of
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim

GOLD = Path(__file__).parents[3] / "gold/disputes/pairs.jsonl"
PAIRS = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def said(number: int, actor: str | None, cue: str, content: str, kind: Kind = Kind.STATEMENT) -> DigestClaim:
    return DigestClaim(
        number,
        actor,
        None,
        content,
        kind,
        Wording.PARAPHRASED,
        0.9,
        f"Outlet {number}",
        "",
        cue=cue,
        article_id=number,
    )


def claims_of(pair: dict[str, Any]) -> list[DigestClaim]:
    return [
        DigestClaim(
            n, c["actor"], c["role"], c["content"], Kind(c["kind"]), Wording.PARAPHRASED, 0.9, "", "", cue=c["cue"]
        )
        for n, c in enumerate(pair["claims"])
    ]


@pytest.mark.parametrize("pair", [p for p in PAIRS if not p["dispute"]], ids=lambda pair: str(pair["id"]))
def test_what_only_looks_like_a_dispute_is_none(pair: dict[str, Any]) -> None:
    assert disputes_of(claims_of(pair)) == []


def test_nearly_all_disputes_are_found() -> None:
    disputes = [pair for pair in PAIRS if pair["dispute"]]
    missed = [pair["id"] for pair in disputes if not disputes_of(claims_of(pair))]
    assert len(missed) <= len(disputes) // 20, missed


LEAK = said(1, "Karin Holt", "said", "the company had known about the leak at Varnes since March")
DENIAL = said(2, "Nils Egede", "denied", "that the company had known about the leak at Varnes", Kind.DENIAL)


def test_both_sides_come_with_all_their_sources() -> None:
    again = said(3, "Karin Holt", "told the Courier", "the company had long known about the leak at Varnes")
    repeated = said(4, "Egede", "rejected", "the claim that it had known about the leak at Varnes", Kind.DENIAL)
    (dispute,) = disputes_of([LEAK, DENIAL, again, repeated])
    assert [claim.claim_id for claim in dispute.claimed] == [1, 3]
    assert [claim.claim_id for claim in dispute.denied] == [2, 4]


def test_nobody_disputes_with_themselves_or_with_somebody_unknown() -> None:
    own = said(3, "Egede", "said", "the company had known about the leak at Varnes")
    unknown = said(4, None, "said", "the company had known about the leak at Varnes")
    described = said(5, "officials", "said", "the company had known about the leak at Varnes")
    assert disputes_of([own, unknown, described, DENIAL]) == []


def test_a_denial_in_the_first_person_contradicts_what_it_negates() -> None:
    denial = said(2, "Viktor Aune", "said", "I never threatened anybody on Lindholm", Kind.DENIAL)
    claim = said(1, "Sara Lind", "said", "Aune had threatened somebody on Lindholm")
    assert len(disputes_of([claim, denial])) == 1


@pytest.mark.parametrize(
    ("cue", "disputed"),
    [
        ("denied", True),
        ("did deny", True),
        ("has not denied", False),
        ("didn't deny", False),
        ("never denied", False),
        ("stopped short of denying", False),
        ("pledged", False),
    ],
)
def test_only_an_explicit_denial_is_one(cue: str, disputed: bool) -> None:
    kind = Kind.PROMISE if cue == "pledged" else Kind.DENIAL
    denial = said(1, "Bo Ray", cue, "Bo Ray had stolen the money of the club", kind)
    claim = said(2, "Sara Lind", "said", "Bo Ray had stolen the money of the club")
    assert bool(disputes_of([claim, denial])) is disputed


@pytest.mark.parametrize(
    ("denied", "disputed"),
    [
        ("that Zurland attacked Varnes", True),
        ("that Varnes attacked Zurland", False),
        ("that Varnes, which is in Norland, attacked Zurland", False),
        ("that Varnes was attacked", True),
    ],
)
def test_who_did_it_to_whom_must_be_the_same_in_both(denied: str, disputed: bool) -> None:
    claim = said(1, "Karin Holt", "said", "Zurland attacked Varnes")
    assert bool(disputes_of([claim, said(2, "Nils Egede", "denied", denied, Kind.DENIAL)])) is disputed


def test_a_small_word_is_no_name_in_common() -> None:
    denial = said(1, "Ministry of Transport", "denied", "that the Oslo bridge was safe for lorries", Kind.DENIAL)
    claim = said(2, "City of Halden", "said", "the Oslo bridge was safe for lorries")
    assert len(disputes_of([claim, denial])) == 1


def test_a_name_without_any_letter_denies_nothing() -> None:
    denial = said(1, ":", "denied", "the dam was safe", Kind.DENIAL)
    assert disputes_of([denial, said(2, "Sara Lind", "said", "the dam was safe")]) == []


KINDS = st.sampled_from(Kind)
CUES = st.sampled_from(["said", "denied", "rejected", "pleaded"]) | st.text(max_size=20)
NAMES = st.sampled_from([None, ":", "Bo Ray", "Sara Lind"]) | st.text(max_size=20)
CONTENTS = st.sampled_from(["the dam of Bo Ray was safe", "Bo Ray stole 3 million"]) | st.text(max_size=60)


@given(st.lists(st.tuples(NAMES, CUES, CONTENTS, KINDS), max_size=6))
def test_any_claims_can_be_compared(given_claims: list[tuple[str | None, str, str, Kind]]) -> None:
    claims = [said(number, *one) for number, one in enumerate(given_claims)]
    for dispute in disputes_of(claims):
        assert dispute.claimed
        assert dispute.denied
