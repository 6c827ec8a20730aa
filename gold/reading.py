"""Reads gold files: finds the claims that they quote in the text, as character offsets."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PARTS = ("learn", "judge")
KINDS = frozenset({"statement", "denial", "question", "demand", "opinion", "prediction", "promise"})
TYPES = frozenset({"PERSON", "ORG", "GPE", "GROUP", "DOCUMENT", "UNNAMED"})
CLAIM_KEYS = frozenset({"source", "cue", "content", "actor", "kind", "hedged", "addressee", "time"})
ACTOR_KEYS = frozenset({"name", "aliases", "type", "role"})
ARTICLE_KEYS = frozenset({"style", "text", "claims", "actors"})
NUMBERED = re.compile(r"(?P<words>.*\S)\s*@(?P<number>[1-9]\d?)", re.DOTALL)

Span = tuple[int, int]
"""Start and end (exclusive) of a run of characters."""
Row = dict[str, Any]
"""An article in the form of a JSON lines gold file: id, text, attributions, actors."""


class GoldError(Exception):
    """A gold file contains an error."""


def occurrences(words: str, text: str) -> list[Span]:
    """Return where `words` occur in `text`, as whole words."""
    edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    return [match.span() for match in re.finditer(edges[0] + re.escape(words) + edges[1], text)]


def _strings(value: object, key: str) -> list[str]:
    """Return a quotation, or a list of them, as a list."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) and part.strip() for part in parts):
        raise GoldError(f"{key} must be a quotation from the text, or a list of them")
    return parts


def _gap(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def located(quoted: str, text: str, near: Sequence[Span], apart: Sequence[Span]) -> Span:
    """Return the location of the words `quoted`.

    `words @2` means their second occurrence. Without a number, it is the occurrence closest to the spans `near`
    that does not overlap the spans `apart`. If `near` is empty, the words must occur exactly once. Raises
    GoldError.
    """
    numbered = NUMBERED.fullmatch(quoted)
    words = numbered["words"] if numbered else quoted
    places = occurrences(words, text)
    if numbered:
        if len(places) < int(numbered["number"]):
            raise GoldError(f"{words!r} stands {len(places)} times in the text, there is no @{numbered['number']}")
        return places[int(numbered["number"]) - 1]
    places = [x for x in places if all(x[1] <= a or x[0] >= b for a, b in apart)] or places
    if not places:
        raise GoldError(f"{words!r} is not in the text")
    if len(places) == 1:
        return places[0]
    if not near:
        raise GoldError(f"{words!r} stands {len(places)} times in the text: say which by @1, @2, ...")
    return min(places, key=lambda place: min(_gap(place, x) for x in near))


def claim_of(claim: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a claim with spans for its quotations. Raises GoldError."""
    unknown = set(claim) - CLAIM_KEYS
    if unknown:
        raise GoldError(f"a claim has no {', '.join(sorted(unknown))}")
    kind = claim.get("kind", "statement")
    if kind not in KINDS:
        raise GoldError(f"{kind!r} is no kind of claim")
    content: list[Span] = []
    for quoted in _strings(claim.get("content", []), "content"):
        content.append(located(quoted, text, content[-1:], content))
    if not content:
        raise GoldError("a claim needs content")
    cue: list[Span] = []
    for quoted in _strings(claim.get("cue", []), "cue"):
        cue.append(located(quoted, text, cue[-1:] or content, [*content, *cue]))
    source: list[Span] = []
    for quoted in _strings(claim.get("source", []), "source"):
        source.append(located(quoted, text, source[-1:] or cue or content, [*cue, *source]))
    actor = claim.get("actor") or None
    if bool(source) != bool(actor):
        raise GoldError(f"a claim has an actor where it has a source, and only there: {claim['content']!r}")
    found = {"source": source, "cue": cue, "content": sorted(content), "actor": actor, "kind": kind}
    found["hedged"] = bool(claim.get("hedged"))
    for key in ("addressee", "time"):
        if key in claim:
            found[key] = [located(x, text, cue or content, []) for x in _strings(claim[key], key)]
    return found


def row_of(data: dict[str, Any], name: str) -> Row:
    """Return the row of a gold file's contents. Raises GoldError."""
    unknown = set(data) - ARTICLE_KEYS
    if unknown:
        raise GoldError(f"an article has no {', '.join(sorted(unknown))}")
    text = data.get("text", "").strip("\n")
    if not text.strip():
        raise GoldError("an article needs a text")
    claims, problems = [], []
    for number, claim in enumerate(data.get("claims", []), 1):
        try:
            claims.append(claim_of(claim, text))
        except GoldError as error:
            problems.append(f"claim {number}: {error}")
    actors = []
    for actor in data.get("actors", []):
        if set(actor) - ACTOR_KEYS or actor.get("type") not in TYPES or not actor.get("name"):
            problems.append(f"actor {actor.get('name')!r}: needs a name and a type, may have aliases and a role")
            continue
        actors.append({"aliases": [], "role": None} | actor)
    names = {actor["name"] for actor in actors}
    problems += [f"no actor is named {x!r}" for x in sorted({c["actor"] for c in claims if c["actor"]} - names)]
    if problems:
        raise GoldError("\n".join(problems))
    claims.sort(key=lambda claim: min(start for key in ("source", "cue", "content") for start, _ in claim[key]))
    return {"id": name, "style": data.get("style", ""), "text": text, "attributions": claims, "actors": actors}


def read(path: Path) -> Row:
    """Return the row of the gold file at `path`. Raises GoldError with every problem, one per line."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldError(f"{path.name}: {error}") from error
    try:
        return row_of(data, path.stem)
    except GoldError as error:
        raise GoldError("\n".join(f"{path.name}: {line}" for line in str(error).splitlines())) from error


def rows_of(part: str, folder: Path = FOLDER) -> list[Row]:
    """Return the rows of a part, `learn` or `judge`, ordered by name."""
    return [read(path) for path in sorted((folder / part).glob("*.toml"))]


def marked(row: Row) -> Iterable[str]:
    """Yield a line for each claim, for a person to compare with the text."""
    text = row["text"]

    def words(spans: Sequence[Span]) -> str:
        return " … ".join(" ".join(text[a:b].split()) for a, b in spans)

    for claim in row["attributions"]:
        source, cue, content = (words(claim[key]) for key in ("source", "cue", "content"))
        more = "".join(f", {key} {words(claim[key])!r}" for key in ("addressee", "time") if claim.get(key))
        more += ", hedged" if claim["hedged"] else ""
        yield f"{claim['kind']} of {claim['actor']}{more}: [{source}] [{cue}] [{content}]"
