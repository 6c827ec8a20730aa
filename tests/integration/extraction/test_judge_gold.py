"""Minimum figures of the shipped model on annotated articles that it was never trained on.

They are some two points below the measured figures at the time; `make bench-extraction` prints the current ones.
"""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from bot.model.claims import Claim, Extraction
from config.settings import default_model
from gold.reading import Row, rows_of
from training.corpus import GoldClaim, article_of
from training.degradation import damaged
from training.evaluation import WORST
from training.scoring import Figures, figures_of, letters, overlap

Read = list[tuple[Row, Extraction]]
SURE = 0.8


def gold_claim(claim: Claim) -> GoldClaim:
    return GoldClaim(claim.source, claim.cue, claim.content)


def figures(read: Read) -> dict[str, dict[str, float]]:
    total = Figures()
    for row, found in read:
        total += figures_of(article_of(row), [gold_claim(x) for x in found.claims])
    return total.table()


def pairs(read: Read) -> list[tuple[dict[str, Any], Claim, Row]]:
    """Return each gold claim with the found claim that has mostly the same content."""
    matched = []
    for row, found in read:
        contents = [letters(row["text"], x.content) for x in found.claims]
        for gold in row["attributions"]:
            own = letters(row["text"], gold["content"])
            best = max(range(len(contents)), key=lambda i: overlap(own, contents[i]), default=None)
            if best is not None and overlap(own, contents[best]) >= 0.5:
                matched.append((gold, found.claims[best], row))
    return matched


def sure_and_right(read: Read) -> float:
    """Return the share of shown claims that are right."""
    shown = right = 0
    for row, found in read:
        sure = [gold_claim(x) for x in found.claims if x.confidence >= SURE]
        counts = figures_of(article_of(row), sure)
        shown, right = shown + counts.predicted, right + counts.claim
    return right / shown


@pytest.fixture(scope="module")
def read() -> Read:
    from bot.extraction.pipeline import extract, load

    nlp = load(default_model())
    return [(row, extract(nlp, row["text"])) for row in rows_of("judge")]


@pytest.fixture(scope="module")
def read_scraped(read: Read) -> Read:
    from bot.extraction.pipeline import extract, load

    nlp, rng = load(default_model()), random.Random(0)
    found: Read = []
    for row, _ in read[::3]:
        worse = damaged(article_of(row), WORST, rng)
        claims = [{"source": x.source, "cue": x.cue, "content": x.content} for x in worse.claims or ()]
        found.append(({"id": row["id"], "text": worse.text, "attributions": claims}, extract(nlp, worse.text)))
    return found


def test_claims_and_contents_are_found(read: Read) -> None:
    table = figures(read)
    assert table["claim"]["f1"] >= 86
    assert table["content"]["f1"] >= 89


@pytest.mark.parametrize(("style", "floor"), [("world", 88), ("press", 84), ("forms", 80), ("newsroom", 87)])
def test_no_style_is_neglected(read: Read, style: str, floor: float) -> None:
    table = figures([(row, found) for row, found in read if row["id"].startswith(style)])
    assert table["claim"]["f1"] >= floor


def test_claims_are_found_where_scraping_has_lost_all_punctuation(read_scraped: Read) -> None:
    assert figures(read_scraped)["claim"]["f1"] >= 82


def test_what_is_sure_enough_to_be_shown_is_right(read: Read) -> None:
    assert sure_and_right(read) >= 0.95


def test_claims_are_given_to_the_right_actor(read: Read) -> None:
    def names(actor: str | None, row: Row) -> Sequence[str]:
        known = next((x for x in row["actors"] if x["name"] == actor), None)
        return [x.casefold() for x in ([known["name"], *known["aliases"]] if known else [])]

    told = [(gold, claim, row) for gold, claim, row in pairs(read) if gold["actor"]]
    right = [(claim.actor or "").casefold() in names(gold["actor"], row) for gold, claim, row in told]
    assert sum(right) / len(right) >= 0.8


def test_kinds_are_told(read: Read) -> None:
    right = [gold["kind"] == claim.kind for gold, claim, _ in pairs(read)]
    assert sum(right) / len(right) >= 0.7
