"""The measures of `benchmarks ranking`, and the editor's choices that it reads."""

import pytest

from benchmarks.ranking import ALL, CHOICES, DIGEST, Chosen, gains_of, ndcg, ordered
from benchmarks.shared import rows_of
from bot.model.digests import DigestClaim
from gold.reading import rows_of as gold_rows
from tests.unit.digests.samples import claim

CLAIMS = [
    claim(1, "Ada Quist", "The bridge is shut", confidence=0.8),
    claim(2, "Noor", "It rained", confidence=0.9),
]
CHOSEN = Chosen("Bridge shut", CLAIMS, {1: (0, 18), 2: (30, 39)}, main=[[(2, 10)]], good=[[(28, 35)]])


def test_the_best_order_has_1_and_others_less() -> None:
    assert ndcg([2, 1, 0], 4) == 1.0
    assert 0 < ndcg([0, 1, 2], 4) < ndcg([1, 2, 0], 4) < 1
    assert ndcg([0, 2], 1) == 0.0


def test_where_nothing_is_worth_anything_every_order_is_best() -> None:
    assert ndcg([0, 0], 4) == ndcg([], 4) == 1.0


def test_a_choice_counts_for_the_first_claim_that_holds_it() -> None:
    again: DigestClaim = claim(3, "Ada Quist", "The bridge is shut")
    chosen = Chosen("", [], {**CHOSEN.spans, 3: (0, 18)}, CHOSEN.main, CHOSEN.good)
    assert gains_of([again, *CLAIMS], chosen) == [2, 0, 1]


@pytest.mark.parametrize(("order", "ids"), [("by position", [1, 2]), ("by confidence", [2, 1])])
def test_the_plain_orders(order: str, ids: list[int]) -> None:
    assert [one.claim_id for one in ordered(CHOSEN, order)] == ids


def test_choices_in_our_own_articles_stand_within_their_texts() -> None:
    texts = {row["id"]: row["text"] for part in ("judge", "learn") for row in gold_rows(part)}
    for row in rows_of(CHOICES / "claims.jsonl"):
        if row["from"] in ("judge", "learn"):
            spans = [span for one in (*row["main"], *row["good"]) for span in one]
            assert row["main"]
            assert all(0 <= a < b <= len(texts[row["id"]]) for a, b in spans)


def test_no_file_of_choices_holds_words_of_an_article() -> None:
    for row in rows_of(CHOICES / "claims.jsonl"):
        assert set(row) == {"id", "from", "sha256", "main", "good"}


def test_a_digest_is_measured_by_what_it_shows_and_against_all_claims() -> None:
    leans = claim(3, "Ada Quist", "it will open again in March")
    chosen = Chosen("Bridge shut", [leans, *CLAIMS], {3: (50, 70), **CHOSEN.spans}, [[(52, 60)]], CHOSEN.main)
    shown = ordered(chosen, DIGEST)
    assert leans not in shown
    assert leans in ordered(chosen, ALL)
    gains = gains_of(shown, chosen)
    assert ndcg(gains, 4) == 1.0
    assert ndcg(gains, 4, gains_of(chosen.claims, chosen)) < 1
