"""Epochs of batches from articles, augmented differently each time and prepared in parallel."""

import pickle
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path

from training.corpus import Article
from training.degradation import NamePool, damaged, drawn_damage, recased
from training.features import example_of, reader_of
from training.recipe import Recipe
from training.windows import Batch, Window, batch_of, batches_of, windows_of


def augmented(article: Article, recipe: Recipe, pool: NamePool, rng: random.Random) -> Article:
    """Return the article as this epoch shows it: sometimes with other names or case, often damaged."""
    if rng.random() < recipe.renamed:
        article = pool.swapped(article, rng)
    if article.claims is not None and not article.marked and rng.random() >= recipe.silver:
        article = replace(article, names=None)
    if rng.random() < recipe.recased:
        article = recased(article, rng)
    return damaged(article, drawn_damage(rng), rng) if rng.random() < recipe.damaged else article


@dataclass(frozen=True, slots=True)
class Lessons:
    """The training material of a run: articles, augmented by the recipe and read with the `tokenizer` file.

    With several `judges`, each batch is for one of them. Articles whose ids are in `folds` go to the judge of
    their fold, the others to any.
    """

    articles: Sequence[Article]
    recipe: Recipe
    tokenizer: Path
    judges: int = 1
    folds: Mapping[str, int] = field(default_factory=dict)

    def epoch(self, number: int, pool: NamePool) -> list[Batch]:
        """Return the batches of an epoch, the same for the same number."""
        rng, reader = random.Random(f"{self.recipe.seed} {number}"), reader_of(self.tokenizer)
        windows: list[list[Window]] = [[] for _ in range(self.judges)]
        for article in self.articles:
            shown = example_of(augmented(article, self.recipe, pool, rng), reader)
            for window in windows_of(shown, self.recipe.window, rng):
                windows[self.folds.get(article.id, rng.randrange(self.judges))].append(window)
        batches = [
            batch_of(chosen, judge)
            for judge, found in enumerate(windows)
            for chosen in batches_of(found, self.recipe.batch, rng)
        ]
        rng.shuffle(batches)
        return batches


def epochs(lessons: Lessons, first: int, count: int, workers: int = 0) -> Iterator[list[Batch]]:
    """Yield the batches of `count` epochs from `first` on, prepared by so many `workers`."""
    if not workers:
        pool = NamePool(lessons.articles)
        for number in range(first, first + count):
            yield lessons.epoch(number, pool)
        return
    context = get_context("spawn")
    queues: list[Queue[bytes]] = [context.Queue(1) for _ in range(workers)]
    processes = [
        context.Process(target=_make, args=(lessons, range(first + i, first + count, workers), queue), daemon=True)
        for i, queue in enumerate(queues)
    ]
    for process in processes:
        process.start()
    try:
        for i in range(count):
            # the queue contains only data from our own workers
            yield pickle.loads(queues[i % workers].get())
    finally:
        for process in processes:
            process.kill()


def _make(lessons: Lessons, numbers: range, queue: "Queue[bytes]") -> None:
    pool = NamePool(lessons.articles)
    for number in numbers:
        # bytes: each tensor would be sent as a file
        queue.put(pickle.dumps(lessons.epoch(number, pool), protocol=pickle.HIGHEST_PROTOCOL))
