"""The kinds shown of 210 claims in small reports that nothing was learned from."""

import json
from collections import Counter

import pytest
from spacy.language import Language

from bot.extraction.claims.claim_kind import kind_of, ruled_out
from bot.extraction.claims.kind_features import features_of, ruled_in
from bot.extraction.claims.kind_teller import KindTeller
from bot.model.claims import SURE_KIND, Kind
from gold.reading import FOLDER
from training.kinds import LETTERS

REPORTS = [json.loads(line) for line in (FOLDER / "kinds" / "reports_judge.jsonl").read_text("utf-8").splitlines()]
LEAST = {Kind.DEMAND: 29, Kind.DENIAL: 19, Kind.PROMISE: 11, Kind.OPINION: 6, Kind.QUESTION: 7, Kind.PREDICTION: 3}
WRONG_AT_MOST = 2


def test_kinds_are_told_and_right(nlp: Language) -> None:
    teller = nlp.get_pipe("hearsay_kinds")
    assert isinstance(teller, KindTeller)
    assert teller.model is not None
    right: Counter[Kind] = Counter()
    wrong = []
    for source, cue, content, letter in (claim for report in REPORTS for claim in report["claims"]):
        features = features_of(source, cue, content)
        kind, sure = teller.model.told(features, ruled_in(features))
        if kind is not Kind.STATEMENT and sure >= SURE_KIND:
            right[kind] += kind is LETTERS[letter]
            wrong += [(kind.value, cue, content)] * (kind is not LETTERS[letter])
    assert len(wrong) <= WRONG_AT_MOST, wrong
    assert {kind: right[kind] for kind, least in LEAST.items() if right[kind] < least} == {}


@pytest.mark.parametrize(
    ("cue", "content", "barred"),
    [
        ("did not ask", "for help", Kind.DEMAND),
        ("is seeking", "to widen the road", Kind.DEMAND),
        ("wants", "a revolution", Kind.DEMAND),
        ("wants", "to win", Kind.DEMAND),
        ("said", "the bus should arrive at ten", Kind.DEMAND),
        ("denied", "him entry to the ground", Kind.DENIAL),
        ("said", "“I have never seen such a storm,”", Kind.DENIAL),
        ("said", "“It never crossed my mind that we could lose,”", Kind.DENIAL),
    ],
)
def test_what_only_looks_like_a_kind_is_ruled_out(cue: str, content: str, barred: Kind) -> None:
    assert barred in ruled_out(cue, content)


@pytest.mark.parametrize(
    ("cue", "content", "barred"),
    [
        ("wants", "the minister to go", Kind.DEMAND),
        ("said", "the road should be closed", Kind.DEMAND),
        ("denied", "the request was ever made", Kind.DENIAL),
        ("said", "“I have never met the man,”", Kind.DENIAL),
    ],
)
def test_what_is_of_a_kind_is_not(cue: str, content: str, barred: Kind) -> None:
    assert barred not in ruled_out(cue, content)


@pytest.mark.parametrize(
    ("cue", "content", "kind"),
    [
        ("asked", "the officer where the money was", Kind.QUESTION),
        ("asked", "Did she see the van", Kind.QUESTION),
        ("asked", "the officer to leave", Kind.DEMAND),
        ("said", "“Bring back our bus,”", Kind.DEMAND),
        ("said", "“Hands off our park!”", Kind.DEMAND),
        ("said", "“Nurses at the hospital were tired,”", Kind.STATEMENT),
    ],
)
def test_questions_told_and_bids(cue: str, content: str, kind: Kind) -> None:
    assert kind_of(cue, content) is kind
