"""Sixty sentences each that demand, deny, promise or judge, or look as if they did: the kind shown is right."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.model.claims import Kind

SENTENCES = [
    json.loads(line) for line in (Path(__file__).parent / "kind_sentences.jsonl").read_text("utf-8").splitlines()
]
LEAST = {"demand": 23, "denial": 23, "promise": 36, "opinion": 12}
"""Sentences of forty whose kind is told: most opinions are not sure enough to be called so."""


def _shown(nlp: Language, text: str) -> set[str]:
    return {claim.shown_kind.value for claim in extract(nlp, text).claims} - {Kind.STATEMENT.value}


@pytest.mark.parametrize("sentence", SENTENCES, ids=[each["text"][:40] for each in SENTENCES])
def test_a_kind_that_is_shown_is_right(nlp: Language, sentence: dict[str, Any]) -> None:
    assert _shown(nlp, sentence["text"]) <= set(sentence["kinds"])


def test_kinds_are_told(nlp: Language) -> None:
    told = Counter(each["like"] for each in SENTENCES if each["like"] in _shown(nlp, each["text"]))
    assert {kind: told[kind] for kind, least in LEAST.items() if told[kind] < least} == {}
