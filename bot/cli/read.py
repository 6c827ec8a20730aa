"""`read`: what Hearsay makes of pages: text, title, authors, time, language, wall, and how the text was found."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cli.console import err, out, quiet_settings, say_json
from bot.cli.json_rows import PageRow
from bot.delivery.claim_rows import as_json
from bot.errors import BadInput, HearsayError
from bot.event_loop import run_async
from bot.model.articles import PageText
from bot.services.reading import LARGEST_FILE, PageReader, open_page_reader
from bot.text.counting import word_count
from bot.text.language import language_of
from config.settings import Settings

_MARKUP = re.compile(rb"<[A-Za-z!?/]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What would act on a terminal, or turn the text on it around."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one page: the page as read, or why it could not be read."""

    source: str
    page: PageText | None = None
    error: str | None = None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(read)


def read(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="URL|FILE…", help="Addresses of pages, or HTML files.", show_default=False),
    ],
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help="Print one JSON object a page (docs/reference/json.md).",
        ),
    ] = False,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Allow slow means as well, which the bot itself does not use.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Pages read at the same time.")] = 1,
) -> None:
    """Show what Hearsay makes of pages, and how.

    Exit code 1 if a page could not be read; the others are read all the same.
    """
    settings = quiet_settings()
    if run_async(_run(settings, tuple(inputs), jsonl=jsonl, thorough=thorough, processes=processes)):
        raise typer.Exit(1)


async def _run(settings: Settings, inputs: tuple[str, ...], *, jsonl: bool, thorough: bool, processes: int) -> int:
    """Read all inputs, print what came of them in their order, and return how many could not be read."""
    failures = 0
    async with open_page_reader(settings, processes) as reader:
        async for outcome in _in_order(reader, inputs, processes, thorough=thorough):
            if outcome.page is None:
                failures += 1
                err().print(f"Error: {outcome.source}: {outcome.error}", style="red", markup=False, soft_wrap=True)
            elif jsonl:
                say_json(as_json(PageRow.of(outcome.source, outcome.page)))
            else:
                out().print(_view(outcome.source, outcome.page))
    return failures


async def _in_order(
    reader: PageReader, inputs: tuple[str, ...], processes: int, *, thorough: bool
) -> AsyncIterator[Outcome]:
    """Yield the outcomes in the order of `inputs`; as many pages as there are processes are read at a time."""
    slots = asyncio.Semaphore(processes)

    async def one(source: str) -> Outcome:
        async with slots:
            try:
                return Outcome(source, await _page(reader, source, thorough=thorough))
            except HearsayError as error:
                return Outcome(source, error=error.message)

    tasks = [asyncio.create_task(one(source)) for source in inputs]
    try:
        for task in tasks:
            yield await task
    finally:
        for task in tasks:
            task.cancel()


async def _page(reader: PageReader, source: str, *, thorough: bool) -> PageText:
    """Return the page at an address or in a file. Raises a HearsayError if that is impossible."""
    if source.lower().startswith(("http://", "https://")):
        return await reader.page(source, thorough=thorough)
    return await reader.file(await asyncio.to_thread(_contents, Path(source)), thorough=thorough)


def _contents(path: Path) -> bytes:
    """Return the content of a file, cut just beyond the limit of a page. Raises BadInput if it cannot be read."""
    try:
        if path.is_dir():
            raise BadInput("This is a folder, not a file.")
        with path.open("rb") as file:
            contents = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a file name"
        raise BadInput(f"This file cannot be read ({reason}).") from None
    if contents.strip() and not _MARKUP.search(contents.replace(b"\0", b"")):  # UTF-16 has zeros
        raise BadInput("This file is text, not a page. `hearsay extract FILE` finds who said what in a text.")
    return contents


def _view(source: str, page: PageText) -> Group:
    """Return a page for people: a table of its metadata, then its text."""
    table = Table.grid(padding=(0, 2))
    words = word_count(page.text)
    known = {
        "page": source,
        "title": page.title,
        "outlet": page.site_name,
        "authors": page.author,
        "published": page.published_at and f"{page.published_at:%Y-%m-%d %H:%M} UTC",
        "language": language_of(page.text, page.language),
        "address": page.canonical_url,
        "wall": page.wall and page.wall.message,
        "read by": f"{page.read_by} ({words} {'word' if words == 1 else 'words'})",
    }
    for name, value in known.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(_UNPRINTABLE.sub("", str(value))))
    text = _UNPRINTABLE.sub("", page.text) or "This page holds no article."
    return Group(table, Padding(Text(text), (1, 0)))
