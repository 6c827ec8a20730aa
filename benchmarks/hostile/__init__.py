"""Hostile feeds, pages, texts, answers and servers: what each costs, and how that grows with its size.

Every shape is made in sizes that double, and read in a worker process under the limits of a running Hearsay. The
table shows the largest size, the seconds of the processor and the memory that it took, and the greatest ratio of
the times of two sizes of which one is twice the other, averaged over two doublings: 2 is linear time, 4 is
quadratic. Times below `measuring.NOISE` are left out of the ratios, as they tell nothing.
"""

from pathlib import Path

from rich.console import Console

from benchmarks.hostile import documents
from benchmarks.hostile.answers import ANSWERS
from benchmarks.hostile.feed_shapes import FEEDS
from benchmarks.hostile.measuring import MOST_GROWTH, Shape, measured, table_of
from benchmarks.hostile.page_shapes import PAGES
from benchmarks.hostile.servers import run_servers
from benchmarks.hostile.text_shapes import TEXTS
from bot.extraction.extractor import MEMORY_MB, TIMEOUT_S
from config.settings import Settings


def run(console: Console, model: Path) -> None:
    """Print the tables."""
    settings = Settings()
    parser = settings.parse_timeout, settings.worker_memory_mb
    kinds: tuple[tuple[str, list[Shape], tuple[float, int]], ...] = (
        ("Texts, as extraction reads them", TEXTS(model), (TIMEOUT_S, MEMORY_MB)),
        ("Feeds", FEEDS, parser),
        ("Pages", PAGES, parser),
        ("Compressed answers", ANSWERS, parser),
    )
    for title, shapes, (seconds, memory) in kinds:
        found = measured(shapes, seconds, memory)
        console.print(table_of(f"{title} ({len(shapes)} shapes; limits: {seconds:g} s, {memory} MiB)", found))
        worst = max((one for one in found if one.growth), key=lambda one: one.growth or 0.0, default=None)
        if worst is not None:
            growth = worst.growth or 0.0
            judged = "linear" if growth <= MOST_GROWTH else f"more than linear, above {MOST_GROWTH:g}"
            console.print(f"Greatest ratio at doubled size: {growth:.2f} ({worst.name}): {judged}.\n")
    documents.run(console)
    run_servers(console, settings)
