"""How far the confidence of a claim can be trusted; fits the verifier's slope and shift anew and prints them.

A claim is right if gold has its content and the two sources share a word, or are both empty: then they name the
same actor, even if one is longer than the other. Slope and shift are fitted on one half of the articles of PolNeAR
dev and on Wikinews dev, whose claims count three times, and the table is of the other half.

PolNeAR's annotators leave out part of what its articles report. Of what they lack, as many claims count as right
as were right when a sample was read: else a probability would say what annotators mark, not what articles say.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.shared import GOLD, Row, degrader, halves, rows_of, scorer, shared_folder
from bot.extraction.claims.claim_finder import VERIFIER, ClaimFinder
from bot.extraction.encoder.doc_state import claims_of
from bot.extraction.pipeline import load
from training.verification import logistic

Floats = NDArray[np.float64]
BINS = 10
WIKINEWS_COUNTS = 3
"""How often each article of Wikinews dev counts in the fit: it has 8, the half of PolNeAR dev 42."""
RIDGE = 1e-3
LEFT_OUT = ((1.73, 0.7), (1.14, 0.4), (-np.inf, 0.15))
"""From which score on what share of the claims that PolNeAR's gold lacks is nevertheless as the article reports.

Of 316 such claims of PolNeAR dev with a score from -0.1 on, 91 drawn at random were read (2026-11-30, by one
reader, a language model): 17 of 25 were right from 1.73 on, 11 of 30 from 1.14, 5 of 36 below. Another six were
doubtful, so the shares are rounded up. Read again if the verifier is fitted anew.
"""


def left_out(scores: Floats, right: Floats) -> Floats:
    """Return how likely each claim is right, where gold (`right`, 1 or 0) may lack what the article reports."""
    shares = np.select([scores >= least for least, _ in LEFT_OUT], [share for _, share in LEFT_OUT])
    result: Floats = np.where(right > 0, 1.0, shares)
    return result


def examples(nlp: Language, rows: list[Row], folder: Path) -> tuple[Floats, Floats]:
    """Return the verifier's score of every link found in `rows`, and whether it is a right claim."""
    score = scorer(folder)
    found: list[float] = []
    right: list[float] = []
    finder = finder_of(nlp)
    assert finder.verifier is not None
    for row in rows:
        doc = nlp.make_doc(row["text"])
        for name in ("hearsay_encoder", "hearsay_sentences"):
            doc = nlp.get_pipe(name)(doc)
        least, finder.minimum_confidence = finder.minimum_confidence, 0.0
        by_cue = {claim.cue: signs for claim, signs in finder.rated(doc)}
        # claims that were read into others, or divided, have no link of their own
        claims = [claim for claim in claims_of(finder(doc)) if claim.cue in by_cue]
        signs = [by_cue[claim.cue] for claim in claims]
        finder.minimum_confidence = least
        sides = [
            [
                {role: score.chars(row["text"], claim[role]) for role in ("source", "cue", "content")}
                for claim in side
            ]
            for side in (
                row["attributions"],
                [{"source": c.source, "cue": c.cue, "content": c.content} for c in claims],
            )
        ]
        # shown claims are matched first, as in the figures: a claim that is left out takes no gold claim away
        kept = [j for j, claim in enumerate(claims) if claim.confidence >= least]
        matched = {kept[j] for _, j, _, same in score.match(sides[0], [sides[1][j] for j in kept]) if same > 0}
        found += [finder.verifier.score(signs[j]) for j in kept]
        right += [float(j in matched) for j in kept]
    return np.array(found), np.array(right)


def finder_of(nlp: Language) -> ClaimFinder:
    """Return the component that finds claims."""
    finder = nlp.get_pipe("hearsay_claims")
    assert isinstance(finder, ClaimFinder)
    return finder


def fitted(x: Floats, y: Floats) -> tuple[float, float]:
    """Return the slope and shift that calibrate the probabilities of scores `x` (Platt, 1999)."""
    shift, slope = logistic(np.column_stack([np.ones(len(x)), x]), y, ridge=RIDGE)
    return float(slope), float(shift)


def probability(x: Floats, slope: float, shift: float) -> Floats:
    """Return the probability of each score."""
    result: Floats = 1 / (1 + np.exp(-np.clip(slope * x + shift, -50, 50)))
    return result


def calibration_error(p: Floats, y: Floats) -> float:
    """Return the expected calibration error over bins of equal width."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(y[bins == b].mean() - p[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    )


def run(console: Console, model: Path) -> None:
    """Print a reliability table of the shipped calibration, and the weights of a new fit."""
    folder = shared_folder()
    if folder is None:
        console.print("calibration: no gold files (set HEARSAY_SHARED)")
        return
    nlp = load(model)
    degraded = degrader(folder)
    fit, report = halves(rows_of(folder / GOLD["PolNeAR dev"]))
    verifier = finder_of(nlp).verifier
    assert verifier is not None
    x, y = examples(nlp, fit, folder)
    more, right = examples(nlp, WIKINEWS_COUNTS * rows_of(folder / GOLD["Wikinews dev"]), folder)
    slope, shift = fitted(np.append(x, more), np.append(left_out(x, y), right))
    console.print(
        f"fitted anew: slope = {slope:.4f}, shift = {shift:.4f}; "
        f"{VERIFIER} has slope = {verifier.slope}, shift = {verifier.shift}"
    )
    for name, rows in (("clean", report), ("degraded", [degraded(row) for row in report])):
        x, y = examples(nlp, rows, folder)
        console.print(reliability_table(name, probability(x, verifier.slope, verifier.shift), y, left_out(x, y)))


def reliability_table(name: str, p: Floats, in_gold: Floats, as_read: Floats) -> Table:
    """Return how often claims with probabilities `p` are right: by gold, and with what its annotators left out."""
    errors = [calibration_error(p, right) for right in (as_read, in_gold)]
    table = Table(
        title=f"confidence, {name} half of PolNeAR dev not fitted on: "
        f"ECE {errors[0]:.3f} as read, {errors[1]:.3f} by gold alone"
    )
    for column in ("confidence", "claims", "mean confidence", "right, as read", "by gold alone"):
        table.add_column(column, justify="right")
    rows = [
        (f"{low / BINS:.1f} to {(low + 1) / BINS:.1f}", (p * BINS).astype(int).clip(0, BINS - 1) == low)
        for low in range(BINS)
    ]
    rows += [(f"from {cut}", p >= cut) for cut in (0.5, 0.7, 0.8, 0.9)]
    for label, chosen in rows:
        if chosen.any():
            means = (f"{values[chosen].mean():.2f}" for values in (p, as_read, in_gold))
            table.add_row(label, str(chosen.sum()), *means)
    return table
