"""How far the confidence of a claim can be trusted; fits the calibration anew and prints it for config.cfg.

A claim is right where content and source match gold (the `claim` figure of score_claims.py). The weights are
fitted on one half of the articles of PolNeAR dev, clean and degraded, and the table is of the other half.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.shared import GOLD, Row, degrader, halves, rows_of, scorer, shared_folder
from bot.extraction.annotations import claims_of
from bot.extraction.claims import ClaimFinder
from bot.extraction.linking import Link
from bot.extraction.pipeline import load

Floats = NDArray[np.float64]
KEYS = ("bias", "cue", "content", "source", "no_source")
RIDGE = 1e-3
BINS = 10


def features(link: Link) -> list[float]:
    """Return what the confidence of a link hangs on, in the order of `KEYS`."""
    sourceless = link.source is None
    return [1.0, link.cue_score, link.content_score, 0.0 if sourceless else link.source_score, float(sourceless)]


def examples(nlp: Language, rows: list[Row], folder: Path) -> tuple[Floats, Floats]:
    """Return the features of every claim found in `rows`, and whether it is right."""
    score = scorer(folder)
    found: list[list[float]] = []
    right: list[float] = []
    finder = nlp.get_pipe("hearsay_claims")
    assert isinstance(finder, ClaimFinder)
    for row in rows:
        doc = nlp.make_doc(row["text"])
        for name in ("hearsay_encoder", "hearsay_sentences"):
            doc = nlp.get_pipe(name)(doc)
        links = finder.links(doc)
        finder(doc)
        claims = claims_of(doc)
        assert len(links) == len(claims), "a link without words"
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
        matched = {j for _, j, _, same_source in score.match(*sides) if same_source >= 0.5}
        found += [features(link) for link in links]
        right += [float(index in matched) for index in range(len(links))]
    return np.array(found), np.array(right)


def fitted(x: Floats, y: Floats) -> Floats:
    """Return the weights of a logistic regression (Newton's method, a trace of ridge)."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = probability(x, weights)
        gradient = x.T @ (p - y) + RIDGE * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def probability(x: Floats, weights: Floats) -> Floats:
    """Return the probability that each row of features is a right claim."""
    result: Floats = 1 / (1 + np.exp(-np.clip(x @ weights, -50, 50)))
    return result


def calibration_error(p: Floats, y: Floats) -> float:
    """Return the expected calibration error over bins of equal width."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(y[bins == b].mean() - p[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    )


def run(console: Console, model: Path) -> None:
    """Print a reliability table of the shipped calibration, and the weights that a new fit gives."""
    folder = shared_folder()
    if folder is None:
        console.print("calibration: no gold files (set HEARSAY_SHARED)")
        return
    nlp = load(model)
    degraded = degrader(folder)
    fit, report = halves(rows_of(folder / GOLD["PolNeAR dev"]))
    finder = nlp.get_pipe("hearsay_claims")
    assert isinstance(finder, ClaimFinder)
    x, y = examples(nlp, fit + [degraded(row) for row in fit], folder)
    weights = fitted(x, y)
    console.print(
        "fitted anew: " + ", ".join(f"{key} = {value:.4f}" for key, value in zip(KEYS, weights, strict=True))
    )
    shipped = np.array([finder.calibration[key] for key in KEYS])
    for name, rows in (("clean", report), ("degraded", [degraded(row) for row in report])):
        x, y = examples(nlp, rows, folder)
        p = probability(x, shipped)
        table = Table(
            title=f"confidence, {name} half of PolNeAR dev not fitted on: ECE {calibration_error(p, y):.3f}"
        )
        for column in ("confidence", "claims", "mean confidence", "right"):
            table.add_column(column, justify="right")
        for low in range(BINS):
            chosen = (p >= low / BINS) & (p < (low + 1) / BINS + (low == BINS - 1))
            if chosen.any():
                table.add_row(
                    f"{low / BINS:.1f} to {(low + 1) / BINS:.1f}",
                    str(chosen.sum()),
                    f"{p[chosen].mean():.2f}",
                    f"{y[chosen].mean():.2f}",
                )
        for cut in (0.5, 0.7, 0.8, 0.9):
            chosen = p >= cut
            if chosen.any():
                table.add_row(
                    f"from {cut}", str(chosen.sum()), f"{p[chosen].mean():.2f}", f"{y[chosen].mean():.2f}"
                )
        console.print(table)
