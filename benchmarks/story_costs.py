"""What grouping costs with many stories: time an article, and memory of the index.

The articles are made up: words and names drawn by Zipf's law, so that a few are in most stories and most in one.
"""

import gc
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.table import Table

from bot.model.stories import ArticleToGroup, StoryProfile
from bot.stories.index import StoryIndex
from bot.stories.passes import ROUNDS, StoryPass
from bot.stories.terms import terms_of

STORIES = (1_000, 10_000, 50_000)
MEASURED = 200
"""The articles of a pass."""
PAGE = 500
WORDS, NAMES = 80_000, 200_000
NOW = datetime(2027, 3, 14, tzinfo=UTC)


def costs_table() -> Table:
    """Return the table of costs. Time is that of the processor, so that other programs do not count."""
    drawn = np.random.default_rng(1)
    table = Table(title=f"A pass of {MEASURED} articles of 2,300 characters")
    for column in ("stories", "vectors, ms an article", "placing, ms an article", "index, MB"):
        table.add_column(column, justify="right")
    articles = [_article(drawn, number) for number in range(MEASURED)]
    before = _resident()
    index = StoryIndex()
    for stories in STORIES:
        while len(index) < stories:  # in pages, as the store gives them
            for profile in _profiles(drawn, len(index) + 1, min(len(index) + PAGE, stories)):
                index.put(profile)
        gc.collect()
        size = _resident() - before
        start = time.process_time()
        vectors = [terms_of(article) for article in articles]
        placed = time.process_time()
        story_pass = StoryPass(index)
        for _ in range(ROUNDS):
            for article, terms in zip(articles, vectors, strict=True):
                story_pass.place(article, terms)
        for number, (article, terms) in enumerate(zip(articles, vectors, strict=True)):
            place = story_pass.placed(article)
            index.joined(1_000_000 + number if place.is_new else place.story_id, terms, article.published_at)
        end = time.process_time()
        for number in range(MEASURED):
            index.drop(1_000_000 + number)
        each = 1_000 / MEASURED
        table.add_row(
            f"{stories:,}", f"{(placed - start) * each:.2f}", f"{(end - placed) * each:.2f}", f"{size:.0f}"
        )
    return table


def _profiles(drawn: np.random.Generator, first: int, last: int) -> Iterator[StoryProfile]:
    number = last - first + 1
    words, names = _zipf(drawn, WORDS, number * 80, 1.0), _zipf(drawn, NAMES, number * 20, 0.85)
    ages = drawn.random(number) * 13
    for story in range(number):
        terms = {_spelled(int(word)): 0.12 for word in words[story * 80 : story * 80 + 80]}
        terms |= {"=" + _spelled(int(name)) + "q": 0.25 for name in names[story * 20 : story * 20 + 20]}
        terms |= {f"={story % 2_900 + place}": 0.2 for place in range(3)}
        yield StoryProfile(first + story, terms, 1, NOW - timedelta(days=float(ages[story])))


def _article(drawn: np.random.Generator, number: int) -> ArticleToGroup:
    words = [_spelled(int(word)) for word in _zipf(drawn, WORDS, 330, 1.0)]
    names = [_spelled(int(name)).capitalize() + "q" for name in _zipf(drawn, NAMES, 14, 0.85)]
    text = [f"{word} {names[place % 14]}" if place % 6 == 0 else word for place, word in enumerate(words)]
    return ArticleToGroup(number, " ".join([*words[:5], *names[:3]]), " ".join(text), tuple(names[:2]), NOW)


def _zipf(drawn: np.random.Generator, kinds: int, number: int, exponent: float) -> np.ndarray:
    weights = np.cumsum(1 / np.arange(1, kinds + 1) ** exponent)
    return np.searchsorted(weights / weights[-1], drawn.random(number))


def _spelled(number: int) -> str:
    """Return a word that stands for a number."""
    letters = ""
    while number or not letters:
        letters += "bcdfghklmnprstvz"[number % 16] + "aeiou"[number // 16 % 5]
        number //= 80
    return letters + "x"


def _resident() -> float:
    """Return the memory of this process, in megabytes."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1_024
    return 0.0
