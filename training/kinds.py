"""Fits the model of kinds: a softmax regression on marked claims, calibrated on articles that it has not seen.

Learns from the kinds marked in PolNeAR's train part and in small reports (gold/kinds), and from our own articles
(gold/learn). Plain reports count more: they are what the bot reads.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.extraction.claims.claim_kind import kind_of
from bot.extraction.claims.kind_features import features_of
from bot.extraction.claims.kind_model import BARRED, CUE_SAYS, KindModel
from bot.model.claims import Kind
from gold.reading import FOLDER, rows_of
from training.corpus import load_polnear
from training.corpus import rows_of as rows_of_file
from training.verification import logistic

Floats = NDArray[np.float32]
Calibration = tuple[list[float], list[float], list[float]]
"""Slopes, shifts, and what agreement with the cue is worth, for each kind."""
KINDS = tuple(Kind)
LETTERS = {
    "s": Kind.STATEMENT,
    "o": Kind.OPINION,
    "d": Kind.DENIAL,
    "m": Kind.DEMAND,
    "p": Kind.PREDICTION,
    "q": Kind.QUESTION,
    "r": Kind.PROMISE,
}
FOLDS = 5
RARE = 5
"""Features met in fewer claims get no weight."""
SHRINKING = 3.0
PLAIN_WORTH = 4.0
"""How much a claim of a plain report counts, beside one of PolNeAR: of 1, 3, 4, 6 and 8, this told most."""
PLAIN_TIMES = 12
"""The same where probabilities are made true. Of 1, 4, 12 and plain reports alone: with 12 more is told of plain
reports, and nine in ten of each kind shown but predictions are right in political commentary, too."""
STEPS, RATE = 150, 0.08
STEP_DOWN = 0.1
LIMIT = 0.9
"""Probability from which on a kind is shown."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim whose kind was marked: the article it is in, its words, and the kind."""

    article: str
    source: str
    cue: str
    content: str
    kind: Kind
    plain: bool
    """Of a report, not of PolNeAR's commentary."""


def marked_claims(corpora: Path) -> list[Marked]:
    """Return the claims to learn from. `corpora` holds the folder `polnear`."""
    articles = {article.id: article for article in load_polnear(corpora, "train")}
    found: list[Marked] = []
    for row in rows_of_file(FOLDER / "kinds" / "polnear.jsonl"):
        article = articles[row["id"]]
        claims = article.claims or ()
        for number, letter in row["kinds"]:
            claim = claims[number]
            source, cue, content = (
                " ".join(article.text[a:b] for a, b in spans) for spans in (claim.source, claim.cue, claim.content)
            )
            found.append(Marked(row["id"], source, cue, content, LETTERS[letter], False))
    for row in rows_of("learn"):
        for claim in row["attributions"]:
            source, cue, content = (
                " ".join(row["text"][a:b] for a, b in claim[part]) for part in ("source", "cue", "content")
            )
            found.append(Marked(row["id"], source, cue, content, Kind(claim["kind"]), True))
    for row in rows_of_file(FOLDER / "kinds" / "reports_learn.jsonl"):
        found += [
            Marked(row["id"], source, cue, content, LETTERS[letter], True)
            for source, cue, content, letter in row["claims"]
        ]
    return found


def folds_of(claims: Sequence[Marked], seed: int = 0) -> NDArray[np.int64]:
    """Return for each claim the fold of its article."""
    ids = sorted({claim.article for claim in claims})
    fold = dict(zip(ids, np.random.default_rng(seed).integers(0, FOLDS, len(ids)).tolist(), strict=True))
    return np.array([fold[claim.article] for claim in claims])


def fitted(features: Sequence[Sequence[str]], kinds: NDArray[np.int64], worth: Floats) -> KindModel:
    """Return a model that fits `kinds` (places in KINDS), each claim counting as much as its `worth`.

    It is not calibrated.
    """
    counts = Counter(name for row in features for name in row)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    x = _Sparse(features, {name: number for number, name in enumerate(names)})
    truth = np.eye(len(KINDS), dtype=np.float32)[kinds]
    share = (worth / worth.sum())[:, None]
    bias = np.log((truth * share).sum(0) + 1e-4)
    weights = np.zeros((len(names), len(KINDS)), np.float32)
    moments = [np.zeros_like(part) for part in (weights, bias, weights, bias)]
    for step in range(1, STEPS + 1):
        error = (_softmax(x.times(weights) + bias) - truth) * share
        for number, (part, slope) in enumerate(
            ((weights, x.transposed_times(error) + SHRINKING / worth.sum() * weights), (bias, error.sum(0)))
        ):
            first, second = moments[number], moments[number + 2]
            first *= 0.9
            first += 0.1 * slope
            second *= 0.999
            second += 0.001 * slope**2
            part[...] -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    rows = dict(zip(names, weights.tolist(), strict=True))
    zeros = [0.0] * len(KINDS)
    return KindModel(KINDS, bias.tolist(), rows, [1.0] * len(KINDS), zeros, zeros)


def held_out_chances(
    features: Sequence[Sequence[str]], kinds: NDArray[np.int64], folds: NDArray[np.int64], worth: Floats
) -> Floats:
    """Return the probability of each kind for each claim, by models that have not seen its article."""
    found = np.zeros((len(kinds), len(KINDS)), np.float32)
    for fold in range(FOLDS):
        inside = folds != fold
        model = fitted(
            [row for row, keep in zip(features, inside, strict=True) if keep], kinds[inside], worth[inside]
        )
        names = {name: number for number, name in enumerate(model.weights)}
        weights = np.array(list(model.weights.values()), np.float32)
        x = _Sparse([row for row, keep in zip(features, inside, strict=True) if not keep], names)
        found[~inside] = _softmax(x.times(weights) + np.array(model.bias, np.float32))
    return found


def agreeing(features: Sequence[Sequence[str]], chances: Floats) -> NDArray[np.bool_]:
    """Return for each claim whether the words of its cue say the likeliest kind by rule."""
    best = chances.argmax(1)
    rows = zip(features, best, strict=True)
    return np.array([f"{CUE_SAYS}{KINDS[kind].value}" in row for row, kind in rows])


def calibration(chances: Floats, agree: NDArray[np.bool_], kinds: NDArray[np.int64]) -> Calibration:
    """Return slope, shift and worth of agreement for each kind that make its probability true (Platt, 1999).

    If fewer of those shown are right than are said to be, the kind is shifted down until they are.
    """
    best, odds = chances.argmax(1), _odds(chances.max(1))
    found = []
    for kind in range(len(KINDS)):
        chosen = best == kind
        x = np.column_stack([np.ones(chosen.sum()), odds[chosen], agree[chosen]]).astype(np.float64)
        right = kinds[chosen] == kind
        weights = logistic(x, right.astype(np.float64), ridge=1.0)
        while _is_too_bold(x @ weights, right):
            weights[0] -= STEP_DOWN
        shift, slope, agreed = weights
        found.append((float(slope), float(shift), float(agreed)))
    slopes, shifts, worth = (list(column) for column in zip(*found, strict=True))
    return slopes, shifts, worth


def _is_too_bold(odds: NDArray[np.float64], right: NDArray[np.bool_]) -> bool:
    """Return whether too few of the claims are right whose odds are high enough to be shown."""
    shown = right[odds >= np.log(LIMIT / (1 - LIMIT))]
    return len(shown) > 0 and shown.mean() < LIMIT


def report(
    claims: Sequence[Marked], chances: Floats, agree: NDArray[np.bool_], folds: NDArray[np.int64]
) -> list[str]:
    """Return lines on how far kinds can be trusted: calibrated on all folds but the one that is judged.

    The rules alone are given at the same number of claims shown, their surest by cue first, to compare with.
    """
    kinds = np.array([KINDS.index(claim.kind) for claim in claims])
    plain = np.array([claim.plain for claim in claims])
    rows = [features_of(claim.source, claim.cue, claim.content) for claim in claims]
    barred = np.array([[f"{BARRED}{kind.value}" in row for kind in KINDS] for row in rows])
    best = chances.argmax(1)
    sure = np.zeros(len(kinds))
    for fold in range(FOLDS):
        fitting, here = _repeated(folds != fold, plain), folds == fold
        slope, shift, agreed = map(np.array, calibration(chances[fitting], agree[fitting], kinds[fitting]))
        kind, odds = best[here], _odds(chances[here].max(1))
        sure[here] = 1 / (1 + np.exp(-(slope[kind] * odds + shift[kind] + agreed[kind] * agree[here])))
    sure[barred[np.arange(len(kinds)), best]] = 0
    right = best == kinds
    ruled = np.array([KINDS.index(kind_of(claim.cue, claim.content)) for claim in claims])
    lines = []
    for name, part in (("plain reports", plain), ("political news and commentary", ~plain)):
        lines.append(
            f"{name}: right: model {_share(right[part])}, rules {_share((ruled == kinds)[part])} of {part.sum()}; "
            f"calibration error {_calibration_error(right[part], sure[part]):.3f}"
        )
        for number, kind in enumerate(KINDS):
            shown, by_rule = (best == number) & (sure >= LIMIT) & part, (ruled == number) & part
            lines.append(
                f"{kind.value}: shown from {LIMIT} {shown.sum()}, right {_share(right[shown])}, "
                f"of all {_share(shown[(kinds == number) & part])}; "
                f"rules {_share((ruled == kinds)[by_rule])} of {by_rule.sum()}"
            )
    return lines


def _calibration_error(right: NDArray[np.bool_], sure: NDArray[np.float64]) -> float:
    """Return by how much the share that is right differs from what was said, on average over ten ranges."""
    bins = np.minimum((sure * 10).astype(int), 9)
    errors = (
        abs(right[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    )
    return float(sum(errors))


def kind_model(corpora: Path) -> tuple[KindModel, list[str]]:
    """Return the model fitted on all marked claims, calibrated on held-out articles, and a report on these."""
    claims = marked_claims(corpora)
    features = [features_of(claim.source, claim.cue, claim.content) for claim in claims]
    kinds = np.array([KINDS.index(claim.kind) for claim in claims])
    folds = folds_of(claims)
    plain = np.array([claim.plain for claim in claims])
    worth = np.where(plain, PLAIN_WORTH, 1).astype(np.float32)
    chances = held_out_chances(features, kinds, folds, worth)
    agree = agreeing(features, chances)
    model = fitted(features, kinds, worth)
    rows = _repeated(np.ones(len(kinds), bool), plain)
    values = calibration(chances[rows], agree[rows], kinds[rows])
    calibrated = KindModel(KINDS, model.bias, model.weights, *values)
    return calibrated, report(claims, chances, agree, folds)


def _repeated(chosen: NDArray[np.bool_], plain: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the places of the chosen claims, those of plain reports `PLAIN_TIMES` times."""
    places = np.flatnonzero(chosen)
    return np.repeat(places, np.where(plain[places], PLAIN_TIMES, 1))


class _Sparse:
    """Claims by features, ones only: every row has one at least, since the rules' answer is frequent."""

    def __init__(self, features: Sequence[Sequence[str]], names: dict[str, int]) -> None:
        rows = [[names[name] for name in row if name in names] or [0] for row in features]
        self._columns = np.concatenate([np.array(row) for row in rows])
        sizes = np.array([len(row) for row in rows])
        self._starts = np.concatenate(([0], sizes.cumsum()[:-1]))
        order = np.argsort(self._columns, kind="stable")
        self._rows = np.repeat(np.arange(len(rows)), sizes)[order]
        self._used, self._edges = np.unique(self._columns[order], return_index=True)
        self._width = len(names)

    def times(self, weights: Floats) -> Floats:
        """Return the sums of the rows of `weights` for the features of each claim."""
        sums: Floats = np.add.reduceat(weights[self._columns], self._starts)
        return sums

    def transposed_times(self, values: Floats) -> Floats:
        """Return the sums of the rows of `values` for the claims with each feature."""
        sums = np.zeros((self._width, values.shape[1]), np.float32)
        sums[self._used] = np.add.reduceat(values[self._rows], self._edges)
        return sums


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = powers / powers.sum(1, keepdims=True)
    return shares


def _odds(chances: Floats) -> Floats:
    odds: Floats = np.log(np.maximum(chances, 1e-6) / np.maximum(1 - chances, 1e-6))
    return odds


def _share(values: NDArray[np.bool_]) -> str:
    return f"{100 * values.mean():.1f} %" if len(values) else "-"
