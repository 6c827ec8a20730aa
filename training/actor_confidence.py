"""Fits how likely the actor of a claim is the one meant: a small network over the signs of actor_signs.py.

The examples are the claims of articles whose actors are marked, once as they are marked and once as the pipeline
finds them. What measures the result (`gold.marked_actors.held_out`, the dev sets, gold/judge) is not learned from.
The weights that rank antecedents know these articles, too. So each article is resolved with weights fitted to the
others: else the lead of the likeliest would pass for more than it is worth.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from bot.extraction.actors import antecedents as ranker
from bot.extraction.actors.actor_confidence import FURTHEST, ActorConfidence, to_json
from bot.extraction.actors.actor_signs import Signs
from bot.extraction.actors.antecedent_weights import WEIGHTS
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.resolver import Article, Resolver
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.lexicon import HONORIFICS
from bot.model.claims import Claim, Span
from training.antecedents import (
    MARKED,
    OWN,
    Lesson,
    bare,
    examples_of,
    known_claim,
    read,
    truth_of_actors,
)
from training.antecedents import fitted as fitted_weights
from training.corpus import article_of

Floats = NDArray[np.float64]
UNITS, SEEDS = 16, (1, 2, 3)
"""Hidden units of one network, and the number of networks that are averaged."""
EPOCHS, BATCH, RATE, DECAY, DROPPED = 12, 128, 3e-3, 0.5, 0.3
WRONG, WRONG_PRONOUN = 1.35, 2.2
"""How much a claim of another actor counts, beside one of the right actor; and if its source is a pronoun.

A wrong name is worse than a missing one, and the rules were made while looking at these articles. So the odds are
a quarter lower than they are here, those of pronouns, most of what is misnamed, less than half: fewer claims with
an unsure actor reach 0.8 (training/NOTES.md).
"""
PRONOUNS = frozenset(("he or she", "it", "they", "who"))
"""Signs that the source is a pronoun, whoever is meant by it."""
RARE = 6
"""Signs that occur less often get no weight."""
FOLDS = 5
HOLDS = 0.6
"""Share of the words marked in an invented article that a claim of them holds, at least."""
SAME_CONTENT = 0.5
"""A found claim is a marked one from this overlap on (Jaccard, characters; score_claims.py)."""
TITLES = frozenset(["senator", "sen", "gov", "governor", "rep", "representative", "president"])
"""Ignored when names are compared: "Mr. Rubio and Senator Ted Cruz"."""
SMALL = frozenset(["a", "an", "the", "of", "for", "and", "in", "at", "on", "to", "from", "by", "with"])


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of one claim with an actor, and whether that is the one meant; `article` keeps folds apart."""

    article: str
    signs: Signs
    right: bool


def names_of(row: Mapping[str, Any]) -> list[Sequence[str] | None]:
    """Return the names of the actor of each gold claim of `row`, fullest first; None if it is not marked."""
    if "marks" in row:
        return list(row["marks"])
    names = {actor["name"]: (actor["name"], *actor.get("aliases", ())) for actor in row["actors"]}
    actors = (claim["actor"] for claim in row["attributions"])
    return [names.get(actor, (actor,)) if actor else () for actor in actors]


def is_meant(member: Member, source: str, names: Sequence[str]) -> bool:
    """Return whether `member` has one of `names`, or part of one, or is described as in its `source`."""
    found = _words(member.name)
    forms = [form for name in names if (form := _words(name))]
    if any(found == form or (found and found < form) for form in forms) or (forms and found > forms[0]):
        return True
    return bool(member.head) and bool(found & (_words(source).union(*forms)))


def _words(name: str) -> frozenset[str]:
    words = frozenset(folded(word).removesuffix("'s").removesuffix("’s") for word in words_of(name))
    return words - SMALL - HONORIFICS - TITLES or words


def examples(
    nlp: Language,
    rows: Iterable[Mapping[str, Any]],
    others: Iterable[Lesson] = (),
    invented: Iterable[Mapping[str, Any]] = (),
) -> list[Example]:
    """Return an example for each claim of `rows`, marked and found, that `nlp` gives an actor.

    Antecedents are ranked by weights fitted to the other rows and to `others`. In `invented` articles, words are
    marked with who says them (`gold.marked_actors.invented_rows`), and found claims are examples.
    """
    read_rows: list[_ReadRow | _ReadInvented] = [_ReadRow.of(nlp, row) for row in rows]
    known = [examples_of([each.lesson], WEIGHTS) for each in read_rows if isinstance(each, _ReadRow)]
    read_rows += [_ReadInvented(row, read(nlp, row["text"])) for row in invented]
    known += [[]] * (len(read_rows) - len(known))
    more = examples_of(others, WEIGHTS)
    found: list[Example] = []
    for fold in range(FOLDS):
        rest = [x for each, own in zip(read_rows, known, strict=True) if each.fold != fold for x in own] + more
        with patch.object(ranker, "WEIGHTS", fitted_weights(rest) if rest else WEIGHTS):
            found += [example for each in read_rows if each.fold == fold for example in each.examples()]
    return found


@dataclass(frozen=True, slots=True)
class _ReadRow:
    """A row as read by the pipeline: with the claims that are marked in it (`given`), and with those found."""

    row: Mapping[str, Any]
    names: Sequence[Sequence[str] | None]
    given: Article
    found: Article
    marked: int

    @classmethod
    def of(cls, nlp: Language, row: Mapping[str, Any]) -> "_ReadRow":
        """Read `row`."""
        marked = [known_claim(claim) for claim in article_of(dict(row)).claims or ()]
        return cls(row, names_of(row), read(nlp, row["text"], marked), read(nlp, row["text"]), len(marked))

    @property
    def fold(self) -> int:
        """The fold that the article is in."""
        return zlib.crc32(str(self.row["id"]).encode()) % FOLDS

    @property
    def lesson(self) -> Lesson:
        """The article as a lesson for the weights that rank antecedents."""
        names = [{bare(name) for name in names or ()} for names in self.names]
        truth = truth_of_actors(self.given.claims[: self.marked], names, self.row["text"])
        worth = MARKED if "marks" in self.row else OWN
        return Lesson(self.given, truth, worth, worth)

    def examples(self) -> list[Example]:
        """Return the examples of the article."""
        same = {number: number for number in range(self.marked)}
        pairs = _pairs(self.found.claims, self.given.claims[: self.marked])
        return [
            *_judged(self.row, self.given, same, self.names, given=True),
            *_judged(self.row, self.found, pairs, self.names, given=False),
        ]


@dataclass(frozen=True, slots=True)
class _ReadInvented:
    """An invented article as read by the pipeline."""

    row: Mapping[str, Any]
    found: Article

    @property
    def fold(self) -> int:
        """The fold that the article is in."""
        return zlib.crc32(str(self.row["id"]).encode()) % FOLDS

    def examples(self) -> list[Example]:
        """Return an example for each found claim with an actor that holds most of the words marked."""
        resolver, text = Resolver(self.found), str(self.row["text"])
        speakers, found = resolver.resolve(), []
        for part, names in self.row["said"]:
            wanted = _characters([(text.index(part), text.index(part) + len(part))])
            for number, claim in enumerate(self.found.claims):
                signs, speaker = resolver.signs.get(number), speakers[number]
                held = len(wanted & _characters(claim.content))
                if speaker is not None and signs is not None and held >= HOLDS * len(wanted):
                    source = text[slice(*claim.source[0])]
                    found.append(Example(str(self.row["id"]), signs, is_meant(speaker, source, names)))
        return found


def _judged(
    row: Mapping[str, Any],
    article: Article,
    pairs: Mapping[int, int],
    names: Sequence[Sequence[str] | None],
    *,
    given: bool,
) -> list[Example]:
    """Return the claims of `article` whose gold claim, by `pairs`, has a marked actor.

    `given`: the claims are gold's own, so their confidence says nothing.
    """
    resolver = Resolver(article)
    speakers = resolver.resolve()
    found = []
    for number, at in pairs.items():
        speaker, meant, signs = speakers[number], names[at], resolver.signs.get(number)
        if speaker is not None and meant is not None and signs is not None:
            source = row["text"][slice(*article.claims[number].source[0])]
            if given:
                signs = {name: value for name, value in signs.items() if name != "claim"}
            found.append(Example(str(row["id"]), signs, is_meant(speaker, source, meant)))
    return found


def _pairs(found: Sequence[Claim], marked: Sequence[Claim]) -> dict[int, int]:
    """Match found claims to marked ones, one to one, by the most similar content."""
    contents = [[_characters(claim.content) for claim in side] for side in (found, marked)]
    likest = sorted(
        (
            (len(a & b) / len(a | b), i, j)
            for i, a in enumerate(contents[0])
            for j, b in enumerate(contents[1])
            if a & b
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    pairs: dict[int, int] = {}
    for share, i, j in likest:
        if share >= SAME_CONTENT and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _characters(spans: Sequence[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def columns_of(every: Sequence[Example]) -> list[str]:
    """Return the signs that are met often enough to be weighed."""
    counts = Counter(sign for example in every for sign in example.signs)
    return sorted(sign for sign, count in counts.items() if count >= RARE)


def table_of(every: Sequence[Example], columns: Sequence[str]) -> tuple[Floats, Floats]:
    """Return a row of signs for each example, and whether it is right."""
    place = {sign: number for number, sign in enumerate(columns)}
    x: Floats = np.zeros((len(every), len(columns)))
    for row, example in zip(x, every, strict=True):
        for sign, value in example.signs.items():
            if sign in place:
                row[place[sign]] = value
    return x, np.array([float(example.right) for example in every])


def fitted(x: Floats, y: Floats, columns: Sequence[str], seeds: Iterable[int] = SEEDS) -> ActorConfidence:
    """Return the network fitted to rows of signs (`x`, without the ones) and whether they are right (`y`)."""
    means, scales = x.mean(0), x.std(0) + 1e-3
    scaled = np.clip((x - means) / scales, -FURTHEST, FURTHEST)
    worth = worths_of(x, y, columns)
    parts = [_trained(scaled, y, worth, seed) for seed in seeds]
    count = len(parts)
    return ActorConfidence(
        signs=tuple(columns),
        means=means,
        scales=scales,
        linear=np.mean([part["linear"] for part in parts], axis=0),
        bias=float(np.mean([part["bias"] for part in parts])),
        hidden=np.concatenate([part["hidden"] for part in parts], axis=1),
        hidden_bias=np.concatenate([part["hidden_bias"] for part in parts]),
        output=np.concatenate([part["output"] for part in parts]) / count,
    )


def worths_of(x: Floats, y: Floats, columns: Sequence[str]) -> Floats:
    """Return how much each row of signs counts, by whether it is right and whether its source is a pronoun."""
    pronouns = [number for number, sign in enumerate(columns) if sign.partition(",")[0] in PRONOUNS]
    wrong = np.where((x[:, pronouns] > 0).any(axis=1), WRONG_PRONOUN, WRONG)
    result: Floats = np.where(y > 0, 1.0, wrong)
    return result


def _trained(x: Floats, y: Floats, worth: Floats, seed: int) -> dict[str, Floats]:
    """Return the weights of one network, by AdamW with dropout on the loss of a logistic regression."""
    rng = np.random.default_rng(seed)
    signs = x.shape[1]
    weights: dict[str, Floats] = {
        "linear": np.zeros(signs),
        "bias": np.zeros(1),
        "hidden": rng.uniform(-1, 1, (signs, UNITS)) / np.sqrt(signs),
        "hidden_bias": np.zeros(UNITS),
        "output": rng.uniform(-1, 1, UNITS) / np.sqrt(UNITS),
    }
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    steps, step = EPOCHS * -(-len(x) // BATCH), 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(x))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            gradients = _gradients(weights, x[chosen], y[chosen], worth[chosen], rng)
            step += 1
            rate = RATE * max(0.02, 1 - step / steps)
            for name, gradient in gradients.items():
                first[name] += 0.1 * (gradient - first[name])
                second[name] += 0.001 * (gradient**2 - second[name])
                moved = first[name] / (1 - 0.9**step)
                moved /= np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
                weights[name] -= rate * (moved + DECAY * weights[name])
    return weights


def _gradients(
    weights: dict[str, Floats], x: Floats, y: Floats, worth: Floats, rng: np.random.Generator
) -> dict[str, Floats]:
    """Return the gradients of one batch; part of what the hidden layer sees, and of its units, is dropped."""
    seen = x * (rng.random(x.shape) > DROPPED) / (1 - DROPPED)
    inner = seen @ weights["hidden"] + weights["hidden_bias"]
    kept = (inner > 0) * (rng.random(inner.shape) > DROPPED) / (1 - DROPPED)
    units = inner * kept
    odds = weights["bias"] + x @ weights["linear"] + units @ weights["output"]
    error = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - y) * worth / len(y)
    back = error[:, None] * weights["output"] * kept
    return {
        "linear": x.T @ error,
        "bias": np.array([error.sum()]),
        "hidden": seen.T @ back,
        "hidden_bias": back.sum(0),
        "output": units.T @ error,
    }


def crosswise(every: Sequence[Example], columns: Sequence[str], seeds: Iterable[int] = SEEDS) -> Floats:
    """Return the probability of each example by weights fitted to the other articles' examples."""
    x, y = table_of(every, columns)
    folds = np.array([zlib.crc32(example.article.encode()) % FOLDS for example in every])
    found: Floats = np.zeros(len(every))
    for fold in range(FOLDS):
        own = folds == fold
        network = fitted(x[~own], y[~own], columns, seeds)
        found[own] = [network.probability(example.signs) for example, here in zip(every, own, strict=True) if here]
    return found


def write_weights(
    nlp: Language,
    rows: Iterable[Mapping[str, Any]],
    to: Path,
    others: Iterable[Lesson] = (),
    invented: Iterable[Mapping[str, Any]] = (),
) -> str:
    """Fit the weights to `rows`, write them to the file `to`, and return what they were fitted to, in words.

    `others` are further lessons for ranking antecedents, `invented` articles that mark who says which words.
    """
    every = examples(nlp, rows, others, invented)
    columns = columns_of(every)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(to_json(fitted(*table_of(every, columns), columns)))
    likely, right = crosswise(every, columns, SEEDS[:1]), np.array([example.right for example in every])
    lines = [f"fitted to {len(every):,} claims, {int((~right).sum()):,} of another actor; crosswise by article:"]
    for least in (0.0, 0.75, 0.85, 0.9, 0.95):
        kept = likely >= least
        wrong = 100 * (~right[kept]).mean() if kept.any() else 0.0
        lines.append(f"  from {least:g}: {100 * kept.mean():.1f} % named, {wrong:.2f} % of them wrongly")
    return "\n".join(lines)
