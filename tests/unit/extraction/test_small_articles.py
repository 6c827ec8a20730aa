"""Small articles of the faults that real news provoke, with look-alikes: who speaks, and what nobody says."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from tests.unit.extraction.said import SHOWN, claims_with, is_shown

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "small_articles.jsonl").read_text("utf-8").splitlines()
]
WANTS = [(case["text"], want) for case in CASES for want in case["wants"]]
BARRED = [(case["text"], part) for case in CASES for part in case["not_claims"]]


def _same(name: str, actor: str | None) -> bool:
    """Return whether an actor is called by some of the words of a name, or the other way round."""
    words, known = (set(each.casefold().split()) for each in (name, actor or ""))
    return bool(known) and (words <= known or known <= words)


@pytest.mark.parametrize(("text", "want"), WANTS, ids=[want["part"][:30] for _, want in WANTS])
def test_who_speaks(nlp: Language, text: str, want: dict[str, Any]) -> None:
    found = claims_with(nlp, text, want["part"])
    names = [name for name in want["actor"] if name]
    for claim in found:
        if claim.actor is not None and claim.confidence >= SHOWN:
            assert any(_same(name, claim.actor) for name in names), claim.actor
    if None not in want["actor"]:
        assert any(_same(name, claim.actor) for claim in found for name in names)
    held = " ".join(text[start:end] for claim in found for start, end in claim.content)
    for part in want.get("content_not", []):
        assert part not in held
    for kind in want.get("claim_kind", []):
        assert any(claim.shown_kind == kind for claim in found)


@pytest.mark.parametrize(("text", "part"), BARRED)
def test_what_nobody_says(nlp: Language, text: str, part: str) -> None:
    assert not is_shown(nlp, text, part)


def test_roles_are_whole(nlp: Language) -> None:
    text = next(case["text"] for case in CASES if case["id"] == "role-1")
    roles = {actor.name: actor.role for actor in extract(nlp, text).actors}
    assert "Hale College" in str(roles["Hans Beck"])
    assert roles["Ina Pohl"] is None
