"""Predictions by models for articles that they were not trained on: soft labels against annotation noise.

Two annotators of PolNeAR agree on less than three claims in four, so a model that fits one annotator completely
learns chance. A model that has not seen the article says which of its labels can be expected. Training on the mean
of both means less noise (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015; out-of-fold as in
Wolpert, "Stacked generalization", 1992).
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.extraction.encoder.word_pieces import PieceReader
from training.corpus import Article, Opinion

Fold = tuple[int, int]
"""The number of a fold (from 0) and how many there are."""
Table = dict[str, NDArray[np.float32]]
"""By the id of an article: words × (start, end, probability of each tag)."""
FOLD_SEED = 11


def fold_of(text: str) -> Fold:
    """Read a fold such as `0/2`. Raises ValueError."""
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and int(number) < int(count)):
        raise ValueError(f"{text!r} is no fold; write for example 0/2 and 1/2")
    return int(number), int(count)


def fold_numbers(articles: Sequence[Article], count: int) -> dict[str, int]:
    """Return the fold of each article, by its id, if there are `count`."""
    order = sorted(articles, key=lambda x: x.id)
    random.Random(FOLD_SEED).shuffle(order)
    return {x.id: place % count for place, x in enumerate(order)}


def split(articles: Sequence[Article], fold: Fold) -> tuple[list[Article], list[Article]]:
    """Return articles for training and the articles of the fold, for predictions. Each article is in one fold."""
    numbers = fold_numbers(articles, fold[1])
    return (
        [x for x in articles if numbers[x.id] != fold[0]],
        [x for x in articles if numbers[x.id] == fold[0]],
    )


def opinions_on(articles: Iterable[Article], model: bytes, reader: PieceReader) -> Table:
    """Return the predictions of the exported `model` for the words of each article."""
    from bot.extraction.encoder.onnx_encoder import Encoder  # noqa: PLC0415  (needs spaCy, which training itself does not)

    encoder = Encoder().from_bytes(model)
    table: Table = {}
    for article in articles:
        pieces = reader.read(article.text)
        scores = encoder.score(pieces).tag
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        table[article.id] = np.column_stack([pieces.starts, pieces.ends, likely]).astype(np.float32)
    return table


def save(table: Table, path: Path) -> None:
    """Write predictions to an npz."""
    with path.open("wb") as file:
        arrays: dict[str, Any] = table
        np.savez_compressed(file, **arrays)


def with_opinions(articles: Iterable[Article], path: Path) -> list[Article]:
    """Return the articles with the predictions at `path`. Articles without predictions stay unchanged."""
    table = np.load(path)
    return [
        replace(x, opinions=tuple(Opinion(int(r[0]), int(r[1]), tuple(r[2:].tolist())) for r in table[x.id]))
        if x.id in table
        else x
        for x in articles
    ]
