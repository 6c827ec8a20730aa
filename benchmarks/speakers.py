"""Who is shown as the speaker: misnamed, vague, unknown or right, in shares of the claims shown.

Found claims are compared with the gold claims of the same content. Intervals come from resampling whole articles,
because claims of one article are not independent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.shared import Row, gold_files, scorer, shared_folder
from bot.extraction.pipeline import extract, load
from bot.extraction.wordlists.lexicon import HEADLESS, HONORIFICS, POSSESSIVES, SINGULAR, SMALL_WORDS
from bot.model.claims import ActorType, Kind
from gold.marked_actors import held_out, marked_rows
from gold.reading import rows_of as gold_rows

Floats = NDArray[np.float64]
THRESHOLDS = (0.5, 0.8, 0.9)
RESAMPLES, DRAWS = 1_000, 200
"""How often articles are drawn for intervals, and outcomes for the error that chance alone makes."""
BINS = (0.2, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.001)
PRONOUNS = HEADLESS | frozenset(SINGULAR) | POSSESSIVES | {"i", "we", "you", "it", "they", "one", "that"}
SMALL = SMALL_WORDS | {"s"}
UNCOUNTED = HONORIFICS | POSSESSIVES | {"senator", "sen", "governor", "gov", "representative", "rep", "president"}
"""Words that make no other name: "Mr. Rubio and Senator Ted Cruz"."""
MARKED = "PolNeAR train, held out"


class Outcome(StrEnum):
    """How the actor of a shown claim compares with gold."""

    RIGHT = "right"
    VAGUE = "vague"
    UNKNOWN = "unknown"
    MISNAMED = "misnamed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A found claim beside gold; `outcome` is None if gold has no such content, or nobody marked the actor.

    `kind` is the kind shown, `kind_right` whether gold has the same, None if gold has no kinds or no such content.
    """

    article: str
    outcome: Outcome | None
    confidence: float
    form: str
    claim_right: bool
    kind: Kind
    kind_right: bool | None


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in one set of articles: the claims, and how many gold claims have a marked actor."""

    judged: Sequence[Judged]
    gold: int


def names_meant(row: Row) -> list[Sequence[str] | None]:
    """Return the names of whoever each gold claim of `row` means, fullest first; None if nobody marked it."""
    if "marks" in row:
        return list(row["marks"])
    names = {actor["name"]: (actor["name"], *actor.get("aliases", ())) for actor in row["actors"]}
    actors = (claim["actor"] for claim in row["attributions"])
    return [names.get(actor, (actor,)) if actor else () for actor in actors]


def outcome_of(
    score: ModuleType, actor: str | None, source: str, names: Sequence[str], *, named: bool
) -> Outcome | None:
    """Compare the actor of a found claim with gold's `names` of whoever is meant, fullest first.

    A part of the full name is vague. So is a description (not `named`) that stands in the claim's own source: it
    puts the words into nobody else's mouth. Any other description, or name, is somebody else. None if gold leaves
    the owner open ("his office"): then nobody can say whether "Kovacs's office" is right.
    """
    forms = [form for name in names if (form := _words(score, name))]
    if actor is None:
        return Outcome.UNKNOWN if forms else Outcome.RIGHT
    found = _words(score, actor)
    if forms and (found == forms[0] or set(found) > set(forms[0])):
        return None if POSSESSIVES & set(score.bare(names[0])[:1]) and found != forms[0] else Outcome.RIGHT
    if found in forms or _is_joint(score, found, names):
        return Outcome.VAGUE if set(found) < set(forms[0]) else Outcome.RIGHT
    words = set(found) - SMALL or set(found)
    if words and any(words < set(form) for form in forms):
        return Outcome.VAGUE
    if not named and (words & set(score.bare(source)) or any(words & set(form) for form in forms)):
        return Outcome.VAGUE
    return Outcome.MISNAMED


def _is_joint(score: ModuleType, found: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether `found` are the people of one of `names`, "A and B", in any order and as fully named."""
    parts = [set(part) for part in _parts(found)]
    for name in names:
        meant = [set(part) for part in _parts(_words(score, name))]
        if len(parts) == len(meant) > 1 and all(any(each <= part for part in parts) for each in meant):
            return True
    return False


def _parts(words: Sequence[str]) -> list[list[str]]:
    """Return the words before and behind each "and"."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == "and":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _words(score: ModuleType, name: str) -> tuple[str, ...]:
    """Return the words by which a name is compared: titles and possessive pronouns do not count."""
    words: tuple[str, ...] = score.bare(name)
    return tuple(word for word in words if word not in UNCOUNTED) or words


def form_of(source: str, *, named: bool) -> str:
    """Return how a source names its actor."""
    words = source.split()
    if not words:
        return "none"
    if len(words) == 1 and words[0].casefold() in PRONOUNS:
        return "pronoun"
    if not any(word[:1].isupper() for word in words[1:] or words):
        return "description"
    return "name" if named else "description"


def judged(nlp: Language, score: ModuleType, rows: Iterable[Row]) -> Result:
    """Return every claim that `nlp` finds in `rows`, beside gold."""
    found: list[Judged] = []
    gold = 0
    for row in rows:
        text, meant = row["text"], names_meant(row)
        gold += sum(names is not None for names in meant)
        extraction = extract(nlp, text)
        described = {actor.name for actor in extraction.actors if _is_described(actor.name, actor.type)}
        claims = sorted(extraction.claims, key=lambda claim: -claim.confidence)
        sides = [
            [{role: score.chars(text, spans[role]) for role in ("source", "cue", "content")} for spans in side]
            for side in (
                row["attributions"],
                [{"source": c.source, "cue": c.cue, "content": c.content} for c in claims],
            )
        ]
        pairs = {j: (i, same) for i, j, _, same in score.match(*sides)}
        for number, claim in enumerate(claims):
            at, same = pairs.get(number, (None, 0.0))
            names = None if at is None else meant[at]
            source = text[slice(*claim.source[0])] if claim.source else ""
            named = claim.actor is not None and claim.actor not in described
            outcome = None if names is None else outcome_of(score, claim.actor, source, names, named=named)
            form = form_of(source, named=named)
            kind = None if at is None else row["attributions"][at].get("kind")
            right = None if kind is None else kind == claim.shown_kind
            matched = at is not None and same > 0
            found.append(Judged(row["id"], outcome, claim.confidence, form, matched, claim.shown_kind, right))
    return Result(found, gold)


def _is_described(name: str, type_: ActorType) -> bool:
    """Return whether an actor has no name of its own: "letter seen by Norr News" has not."""
    document = type_ is ActorType.DOCUMENT and name[:1].islower()
    return type_ is ActorType.UNNAMED or document or not any(word[:1].isupper() for word in name.split())


def share(claims: Sequence[Judged], outcome: Outcome, seed: int = 0) -> tuple[float, float, float]:
    """Return the percentage of `claims` with an outcome, and the 95 % interval over articles."""
    return interval(claims, [claim.outcome is outcome for claim in claims], seed)


def interval(claims: Sequence[Judged], counted: Sequence[bool], seed: int = 0) -> tuple[float, float, float]:
    """Return the percentage of `claims` that is `counted`, and the 95 % interval over articles."""
    articles = sorted({claim.article for claim in claims})
    place = {article: number for number, article in enumerate(articles)}
    hits, sizes = np.zeros(len(articles)), np.zeros(len(articles))
    for claim, hit in zip(claims, counted, strict=True):
        sizes[place[claim.article]] += 1
        hits[place[claim.article]] += hit
    if not articles:
        return 0.0, 0.0, 0.0
    drawn = np.random.default_rng(seed).integers(0, len(articles), (RESAMPLES, len(articles)))
    shares = 100 * hits[drawn].sum(1) / np.maximum(sizes[drawn].sum(1), 1)
    low, high = np.percentile(shares, (2.5, 97.5))
    return float(100 * hits.sum() / sizes.sum()), float(low), float(high)


def speaker_sets(folder: Path) -> dict[str, list[Row]]:
    """Return the sets of articles in which actors are marked, by their names."""
    sets = {name: rows for name, rows in gold_files(folder).items() if "actors" in rows[0]}
    sets["own gold (judge)"] = gold_rows("judge")
    sets[MARKED] = [row for row in marked_rows(folder / "corpora") if held_out(row["id"])]
    return sets


def speaker_table(results: dict[str, Result]) -> Table:
    """Return the table of outcomes, for each set and threshold."""
    table = Table(title="who is shown as the speaker, % of shown claims that gold has, 95 % over articles")
    for column in ("", "from", "shown", "of gold, %", *(outcome.value for outcome in reversed(Outcome))):
        table.add_column(column, justify="left" if not column else "right")
    for name, result in results.items():
        for least in THRESHOLDS:
            shown = [c for c in result.judged if c.confidence >= least and c.outcome is not None]
            cells = [_interval(share(shown, outcome)) for outcome in reversed(Outcome)]
            of_gold = 100 * len(shown) / max(result.gold, 1)
            table.add_row(name, f"{least:g}", f"{len(shown):,}", f"{of_gold:.1f}", *cells)
    return table


def form_table(results: dict[str, Result], least: float = 0.8) -> Table:
    """Return the table of outcomes by the form of the source, all sets together."""
    table = Table(title=f"by the form of the source, from {least:g}")
    for column in ("source", "shown", *(outcome.value for outcome in reversed(Outcome))):
        table.add_column(column, justify="left" if column == "source" else "right")
    claims = [c for r in results.values() for c in r.judged if c.confidence >= least and c.outcome is not None]
    for form in sorted({claim.form for claim in claims}):
        shown = [claim for claim in claims if claim.form == form]
        shares = (f"{share(shown, outcome)[0]:.1f}" for outcome in reversed(Outcome))
        table.add_row(form, f"{len(shown):,}", *shares)
    return table


def kind_table(results: dict[str, Result], least: float = 0.8) -> Table:
    """Return the table of outcomes by the kind shown, all sets together, and how many of these kinds are right.

    What is right is counted in the sets whose gold has kinds alone. "Plain" kinds of less than SURE_KIND are
    shown as statements.
    """
    table = Table(title=f"by the kind shown, from {least:g}, %, 95 % over articles")
    for column in (
        "kind",
        "shown",
        *(outcome.value for outcome in reversed(Outcome)),
        "with gold's kind",
        "kind right",
    ):
        table.add_column(column, justify="left" if column == "kind" else "right")
    claims = [c for r in results.values() for c in r.judged if c.confidence >= least]
    for kind in Kind:
        shown = [claim for claim in claims if claim.kind is kind and claim.outcome is not None]
        judged_ = [claim for claim in claims if claim.kind is kind and claim.kind_right is not None]
        shares = (_interval(share(shown, outcome)) for outcome in reversed(Outcome))
        right = _interval(interval(judged_, [bool(claim.kind_right) for claim in judged_]))
        table.add_row(kind.value, f"{len(shown):,}", *shares, f"{len(judged_):,}", right)
    return table


def _interval(share_: tuple[float, float, float]) -> str:
    middle, low, high = share_
    return f"{middle:.1f} ({low:.1f} to {high:.1f})"


def reliability(claims: Sequence[Judged]) -> tuple[Table, float]:
    """Return how often claims of each confidence are right, and the expected calibration error.

    A claim is right if gold has it, with a source that shares a word with its own, and nobody is misnamed; claims
    whose actor nobody marked are left out.
    """
    known = [claim for claim in claims if claim.outcome is not None or not claim.claim_right]
    p: Floats = np.array([claim.confidence for claim in known])
    right: Floats = np.array(
        [float(claim.claim_right and claim.outcome is not Outcome.MISNAMED) for claim in known]
    )
    bins = np.digitize(p, BINS)
    error = 0.0
    table = Table()
    for column in ("confidence", "claims", "mean", "right"):
        table.add_column(column, justify="right")
    for number in range(1, len(BINS)):
        chosen = bins == number
        if chosen.any():
            error += abs(p[chosen].mean() - right[chosen].mean()) * chosen.mean()
            edges = f"{BINS[number - 1]:g} to {min(BINS[number], 1):g}"
            table.add_row(edges, f"{chosen.sum():,}", f"{p[chosen].mean():.2f}", f"{right[chosen].mean():.2f}")
    chance = error_by_chance(p)
    table.title = (
        f"confidence and claims right with their actors: calibration error {error:.3f}, by chance {chance:.3f}"
    )
    return table, float(error)


def error_by_chance(p: Floats, seed: int = 0) -> float:
    """Return the calibration error that probabilities `p` have on average although each of them is true.

    Few claims in a bin are never right in exactly the share that is told: below this, a set cannot tell more.
    """
    bins = np.digitize(p, BINS)
    rng, total = np.random.default_rng(seed), 0.0
    for _ in range(DRAWS):
        right = rng.random(len(p)) < p
        for number in set(bins.tolist()):
            chosen = bins == number
            total += abs(p[chosen].mean() - right[chosen].mean()) * chosen.mean() / DRAWS
    return float(total)


def results_of(nlp: Language, folder: Path) -> dict[str, Result]:
    """Return what `nlp` finds in each set, beside gold."""
    score = scorer(folder)
    return {name: judged(nlp, score, rows) for name, rows in speaker_sets(folder).items()}


def print_speakers(console: Console, nlp: Language, folder: Path) -> None:
    """Print who is shown as the speaker in each set, by form of source, and how far to trust the confidence."""
    results = results_of(nlp, folder)
    console.print(speaker_table(results))
    console.print(form_table(results))
    console.print(kind_table(results))
    for name, result in results.items():
        table, _ = reliability(result.judged)
        table.title = f"{name}: {table.title}"
        console.print(table)


def run(console: Console, model: Path) -> None:
    """Print the tables of speakers alone."""
    folder = shared_folder()
    if folder is None:
        console.print("speakers: no gold files (set HEARSAY_SHARED)")
        return
    print_speakers(console, load(model), folder)
