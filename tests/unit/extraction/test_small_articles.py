"""Small articles of the faults that real news provoke, with look-alikes: who speaks, and what nobody says."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.model.claims import Claim, Extraction
from tests.unit.extraction.said import MOST, SHOWN

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "small_articles.jsonl").read_text("utf-8").splitlines()
]


def _same(name: str, actor: str | None) -> bool:
    """Return whether an actor is called by some of the words of a name, or the other way round."""
    words, known = (set(each.casefold().split()) for each in (name, actor or ""))
    return bool(known) and (words <= known or known <= words)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _holding(found: Extraction, text: str, part: str, share: float = MOST) -> list[Claim]:
    """Return the claims whose contents hold most of `part`, words that stand once in `text`."""
    assert text.count(part) == 1, f"{part!r} stands {text.count(part)} times in the text"
    low = text.index(part)
    high = low + len(part)
    return [
        claim
        for claim in found.claims
        if sum(max(0, min(end, high) - max(start, low)) for start, end in claim.content) >= share * len(part)
    ]


def _faults(text: str, want: dict[str, Any], claim: Claim, role: str) -> list[str]:
    """Return what is wrong with a claim for a want."""
    found = []
    names, actor = [name for name in want["actor"] if name], claim.actor
    if not any(_same(name, actor) for name in names) and not (actor is None and None in want["actor"]):
        found.append(f"actor {actor!r}")
    held = " ".join(text[start:end] for start, end in claim.content)
    found += [f"content holds {part!r}" for part in _listed(want.get("content_not", [])) if part in held]
    if "claim_kind" in want and claim.shown_kind.value not in _listed(want["claim_kind"]):
        found.append(f"kind {claim.shown_kind.value}")
    low = role.casefold()
    if want.get("role", "").casefold() not in low or low in [
        each.casefold() for each in want.get("role_is_not", [])
    ]:
        found.append(f"role {role!r}")
    if any(each.casefold() in low for each in _listed(want.get("role_not", []))):
        found.append(f"role {role!r}")
    if actor is not None and (
        any(each.casefold() not in actor.casefold() for each in _listed(want.get("name_has", [])))
        or any(each.casefold() in actor.casefold() for each in _listed(want.get("name_not", [])))
    ):
        found.append(f"name {actor!r}")
    return found


def _failures(text: str, want: dict[str, Any], found: Extraction) -> list[str]:
    """Return what is wrong with what was found for a want: no right claim, or a shown one of somebody else's."""
    roles = {actor.name: actor.role or "" for actor in found.actors}
    over = _holding(found, text, want["part"], want.get("full", MOST))
    names = [name for name in want["actor"] if name]
    faults = {claim: _faults(text, want, claim, roles.get(claim.actor or "", "")) for claim in over}
    right = [claim for claim, wrong in faults.items() if not wrong]
    failed = [] if right or not (over or names) else [*map(str, faults.values()), "no claim"]
    tellers = {teller.actor for claim in right for teller in claim.told_by}
    failed += [
        f"shown as said by {claim.actor}"
        for claim in over
        if claim.actor is not None
        and claim.confidence >= SHOWN
        and claim.actor not in tellers
        and not any(_same(name, claim.actor) for name in names)
    ]
    return failed


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_who_speaks_and_what_nobody_says(nlp: Language, case: dict[str, Any]) -> None:
    text = case["text"]
    found = extract(nlp, text)
    failed = {want["part"]: wrong for want in case["wants"] if (wrong := _failures(text, want, found))}
    for part in case["not_claims"]:
        shown = [claim.actor for claim in _holding(found, text, part) if claim.confidence >= SHOWN]
        if shown:
            failed[part] = [f"shown as said by {shown}"]
    assert not failed


def test_roles_are_whole(nlp: Language) -> None:
    text = next(case["text"] for case in CASES if case["id"] == "role-1")
    roles = {actor.name: actor.role for actor in extract(nlp, text).actors}
    assert "Hale College" in str(roles["Hans Beck"])
    assert roles["Ina Pohl"] is None
