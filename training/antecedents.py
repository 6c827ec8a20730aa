"""Fits the weights that resolve pronouns to GUM's coreference and to the actors of the articles annotated here.

A conditional logit: among the candidates of a pronoun, the right one should outweigh the others. Earlier pronouns
and their antecedents are features, so texts are read with the truth as far as it is known, and several times over:
the weights of the last round decide the rest.
"""

import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from bot.extraction.actors.antecedents import Candidates, Signs
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.resolver import Article, Entity, Resolver
from bot.extraction.claims.quotations import quotations
from bot.extraction.encoder.doc_state import TITLE, claims_of, entities_of, sentences_of, silences_of
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import PRONOUNS
from bot.model.claims import Claim, Kind, Wording
from training.corpus import GoldClaim, article_of
from training.degradation import damaged
from training.evaluation import WORST

Floats = NDArray[np.float64]
Weights = Mapping[str, float]
Truth = Callable[[str, int, int | None, Sequence[Member]], Sequence[Member] | None]
"""Which candidate a pronoun means, by word, position and claim. None if nobody annotated it."""
ROUNDS = 3
RIDGE = 1.0
MORE = {"name not of the likely gender": -3.0, "description of unknown gender": -0.7}
"""Added to learned weights: few texts have the woman and the man next to each other that would teach it."""
RARE = 8
"""Features that occur less often get no weight."""
PASSING, SOURCE, MARKED, OWN = 0.5, 1.0, 1.5, 2.0
"""The weight of a pronoun that is not a source, of one that is, and of one in an article annotated here.

Those of PolNeAR whose actors are marked are between the two: its articles are real ones, but all of one year.
"""
ENTITY = re.compile(r"\([^()]*\)?|[^()]+\)")
RESTS = ("hearsay_actors", "hearsay_tellers", "hearsay_referents", "hearsay_release")
"""Components that need not run: this module decides whom sources mean."""


@dataclass(slots=True)
class Chained:
    """A text with its mentions (start, end and chain), and the chains of its pronouns by their offset."""

    text: str = ""
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    pronouns: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of a pronoun, the right one, and the weight of the example."""

    signs: Sequence[Signs]
    right: Sequence[bool]
    weight: float


def chained(lines: Iterable[str]) -> list[Chained]:
    """Return the documents of a CoNLL-U file whose MISC column has coreference in GUM's format."""
    found: list[Chained] = []
    opened: list[tuple[int, str]] = []
    joined: tuple[int, bool] | None = None
    for line in lines:
        if line.startswith("# newdoc"):
            found.append(Chained())
            opened, joined = [], None
        elif line.startswith("# newpar") and found[-1].text:
            found[-1].text = found[-1].text.rstrip() + "\n\n"
        columns = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(columns) < 10 or "." in columns[0]:
            continue
        number, _, last = columns[0].partition("-")
        spaced = "SpaceAfter=No" not in columns[9]
        if last:
            joined = int(last), spaced
            continue
        if joined:  # the words of "cannot", for example: the space follows the last of them
            end, behind = joined
            spaced = behind and int(number) == end
            joined = joined if int(number) < end else None
        _add_word(found[-1], opened, columns, " " if spaced else "")
    return found


def _add_word(document: Chained, opened: list[tuple[int, str]], columns: Sequence[str], space: str) -> None:
    """Append a word to the text, and note the mentions that it opens and closes."""
    start, end = len(document.text), len(document.text) + len(columns[1])
    document.text += columns[1] + space
    entity = next((part[7:] for part in columns[9].split("|") if part.startswith("Entity=")), "")
    for mark in ENTITY.findall(entity):
        chain = mark.strip("()").split("-")[0]
        if mark.startswith("("):
            opened.append((start, chain))
        if mark.endswith(")"):
            index = max((i for i, (_, other) in enumerate(opened) if other == chain), default=None)
            if index is not None:
                first, _ = opened.pop(index)
                document.mentions.append((first, end, chain))
                if first == start and folded(columns[1]) in PRONOUNS:
                    document.pronouns[start] = chain


def truth_of_chains(document: Chained) -> Truth:
    """Return the truth from a document's coreference: the candidate that is in the pronoun's chain."""
    mentions = sorted(document.mentions)
    starts = [start for start, _, _ in mentions]
    low = document.text.casefold()

    def chain_of(member: Member) -> str | None:
        """Return the most frequent chain among the first mentions of a member."""
        chains = Counter(found for place in member.mentions[:6] if (found := chain_at(member, place)))
        return chains.most_common(1)[0][0] if chains else None

    def chain_at(member: Member, place: int) -> str | None:
        """Return the chain of the smallest mention that contains a name, or a description with its noun."""
        end = low.find(member.head, place) + 1 if member.head else place + 1
        last = bisect_right(starts, place)
        around = mentions[max(0, last - 40) : last]
        holding = [(stop - first, chain) for first, stop, chain in around if stop >= end > place]
        return min(holding)[1] if holding else None

    def truth(word: str, position: int, index: int | None, members: Sequence[Member]) -> Sequence[Member] | None:  # noqa: ARG001
        chain = document.pronouns.get(position)
        if chain is None:
            return None
        return [member for member in members if chain_of(member) == chain]

    return truth


def truth_of_actors(claims: Sequence[Claim], names: Sequence[Collection[str]], text: str) -> Truth:
    """Return the truth from annotated claims: the candidate with one of the names (folded) of a claim's actor."""

    def truth(word: str, position: int, index: int | None, members: Sequence[Member]) -> Sequence[Member] | None:  # noqa: ARG001
        if index is None or index >= len(claims):
            return None
        source = text[slice(*claims[index].source[0])]
        if not source or folded(words_of(source)[0]) != word or len(words_of(source)) > 2:
            return None
        return [member for member in members if bare(member.name) in names[index]]

    return truth


def bare(name: str) -> str:
    """Return a name in the form that is compared: letters and digits only, as scraping may lose the rest."""
    return "".join(filter(str.isalnum, folded(without_article(name))))


class Guide:
    """Chooses antecedents by the truth, or else by `weights`. `examples` collects what it saw."""

    def __init__(self, weights: Weights, truth: Truth, passing: float, source: float) -> None:
        self._weights, self._truth = weights, truth
        self._counts = passing, source
        self.examples: list[Example] = []

    def __call__(self, word: str, position: int, index: int | None, candidates: Candidates) -> Member | None:
        """Return the candidate to continue with."""
        if not candidates:
            return None
        best = max(candidates, key=lambda x: sum(self._weights.get(sign, 0.0) * n for sign, n in x[1].items()))[0]
        meant = self._truth(word, position, index, [member for member, _ in candidates])
        if not meant:
            return best
        right = [any(member is other for other in meant) for member, _ in candidates]
        if not all(right):
            count = self._counts[index is not None]
            self.examples.append(Example([signs for _, signs in candidates], right, count))
        return best if any(best is other for other in meant) else meant[0]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article to resolve, what is known about it, and the weight of its pronouns."""

    article: Article
    truth: Truth
    passing: float
    source: float


def read(nlp: Language, text: str, claims: Sequence[Claim] | None = None) -> Article:
    """Return an article as read by `nlp`, with the known `claims`, or else those that `nlp` finds."""
    doc = nlp.make_doc(text)
    doc.user_data[TITLE] = ""
    for name, component in nlp.pipeline:
        if name not in RESTS:
            doc = component(doc)
    entities = [Entity(*name) for name in entities_of(doc)]
    found = claims_of(doc) if claims is None else tuple(claims)
    return Article(text, sentences_of(doc), entities, (*found, *silences_of(doc)), quotations(text))


def lessons_of_chains(nlp: Language, documents: Iterable[Chained]) -> list[Lesson]:
    """Return the documents of GUM as lessons."""
    return [Lesson(read(nlp, x.text.rstrip()), truth_of_chains(x), PASSING, SOURCE) for x in documents]


def lessons_of_rows(nlp: Language, rows: Iterable[Mapping[str, Any]], rng: random.Random) -> list[Lesson]:
    """Return annotated articles as lessons, each both as it is and without punctuation."""
    lessons = []
    for row in rows:
        named = {x["name"]: {bare(name) for name in (x["name"], *x.get("aliases", ()))} for x in row["actors"]}
        names = [named.get(x["actor"], {bare(x["actor"] or "")}) for x in row["attributions"]]
        whole = article_of(dict(row))
        for shown in (whole, damaged(whole, WORST, rng)):
            claims = [known_claim(x) for x in shown.claims or ()]
            if len(claims) == len(names):
                truth = truth_of_actors(claims, names, shown.text)
                lessons.append(Lesson(read(nlp, shown.text, claims), truth, OWN, OWN))
    return lessons


def lessons_of_marks(nlp: Language, rows: Iterable[Mapping[str, Any]]) -> list[Lesson]:
    """Return articles with marked actors (`marks`, as `gold.marked_actors` gives them) as lessons."""
    lessons = []
    for row in rows:
        claims = [known_claim(x) for x in article_of(dict(row)).claims or ()]
        names = [{bare(name) for name in marks or ()} for marks in row["marks"]]
        truth = truth_of_actors(claims, names, row["text"])
        lessons.append(Lesson(read(nlp, row["text"], claims), truth, MARKED, MARKED))
    return lessons


def known_claim(claim: GoldClaim) -> Claim:
    """Return an annotated claim in the form of extraction. Only its spans are meaningful."""
    kind, wording = Kind.STATEMENT, Wording.PARAPHRASED
    return Claim(claim.source, claim.cue, claim.content, None, kind, wording, 1.0, (0, 0))


def examples_of(lessons: Iterable[Lesson], weights: Weights) -> list[Example]:
    """Return the pronouns in the lessons whose antecedents are known."""
    found: list[Example] = []
    for lesson in lessons:
        guide = Guide(weights, lesson.truth, lesson.passing, lesson.source)
        Resolver(lesson.article, guide).resolve()
        found += guide.examples
    return found


def fitted(examples: Sequence[Example], ridge: float = RIDGE) -> dict[str, float]:
    """Return the weights with which the right candidates outweigh the others, by Newton's method."""
    counts = Counter(sign for example in examples for signs in example.signs for sign in signs)
    names = sorted(sign for sign, count in counts.items() if count >= RARE)
    column = {sign: i for i, sign in enumerate(names)}
    rows = [signs for example in examples for signs in example.signs]
    x: Floats = np.zeros((len(rows), len(names)))
    for i, signs in enumerate(rows):
        for sign, value in signs.items():
            if sign in column:
                x[i, column[sign]] = value
    sizes = [len(example.signs) for example in examples]
    of = np.repeat(np.arange(len(examples)), sizes)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    right = np.array([flag for example in examples for flag in example.right])
    worth: Floats = np.array([example.weight for example in examples])[of]

    def shares(scores: Floats) -> Floats:
        powers = np.exp(scores - np.maximum.reduceat(scores, first)[of])
        return np.asarray(powers / np.add.reduceat(powers, first)[of])

    weights: Floats = np.zeros(len(names))
    for _ in range(50):
        scores = x @ weights
        p, wanted = shares(scores), shares(np.where(right, scores, -1e9))
        means = np.add.reduceat(x * p[:, None], first)
        gradient = x.T @ ((p - wanted) * worth) + ridge * weights
        curvature = (x * (p * worth)[:, None]).T @ x - (means * worth[first][:, None]).T @ means
        step = np.linalg.solve(curvature + ridge * np.eye(len(names)), gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    found: dict[str, float] = dict(zip(names, weights.tolist(), strict=True))
    return {sign: value + MORE.get(sign, 0.0) for sign, value in found.items()}


def learnt(lessons: Sequence[Lesson], rounds: int = ROUNDS) -> dict[str, float]:
    """Return weights fitted to all lessons, which are read again with the weights of the previous round."""
    weights: dict[str, float] = {}
    for _ in range(rounds):
        weights = fitted(examples_of(lessons, weights))
    return weights


def module_of(weights: Weights) -> str:
    """Return the source of bot/extraction/actors/antecedent_weights.py."""
    head = '"""What each sign of antecedents.py weighs, as `python -m training antecedents` has fitted it."""\n\n'
    body = "".join(f'    "{sign}": {value:.3f},\n' for sign, value in sorted(weights.items()))
    return head + "from collections.abc import Mapping\n\nWEIGHTS: Mapping[str, float] = {\n" + body + "}\n"


def write_weights(
    nlp: Language,
    corpora: Path,
    rows: Iterable[Mapping[str, Any]],
    marked: Iterable[Mapping[str, Any]],
    to: Path,
    seed: int,
) -> int:
    """Write the module `to`, fitted to GUM's train part, to `rows`, and to articles with `marked` actors.

    Return the number of examples.
    """
    with (corpora / "gum" / "train.conllu").open(encoding="utf-8") as lines:
        lessons = lessons_of_chains(nlp, chained(lines))
    lessons += lessons_of_rows(nlp, rows, random.Random(seed)) + lessons_of_marks(nlp, marked)
    weights = learnt(lessons)
    to.write_text(module_of(weights), encoding="utf-8")
    return len(examples_of(lessons, weights))
