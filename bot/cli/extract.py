"""`extract`: actors and claims of texts and pages, as a table for people or JSON lines for programs."""

import asyncio
import codecs
import io
import sys
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.cli.console import err, out_unfolded, quiet_settings
from bot.cli.extraction_views import extraction_view, json_line
from bot.cli.json_lines import STDIN, lines_of, object_in
from bot.errors import BadInput, HearsayError, ModelMissing
from bot.event_loop import run_async
from bot.model.claims import Extraction
from bot.services.reading import Extract, PageReader, open_extractor, open_page_reader
from config.settings import Settings

AHEAD = 4
"""Texts queued for each worker process before the first of them must be done."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text to read: `where` names it in errors, `id` in the output. `error` says why it cannot be read."""

    where: str
    id: Any = None
    text: str = ""
    title: str | None = None
    error: str | None = None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def extract(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|URL|-]…",
            help="Text files, addresses of articles, or - for standard input (the default).",
            show_default=False,
        ),
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help='Files hold rows {"id", "text"}; print one row for each (docs/reference/json.md).'
        ),
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Texts read at the same time. Default: the setting extract_processes."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="Folder of another pipeline. Default: the setting model.", show_default=False),
    ] = None,
    minimum_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out claims that are less sure.")
    ] = 0.0,
) -> None:
    """Find the actors and claims of texts or pages.

    Exit code 1 if an input could not be read; the others are analysed all the same.
    """
    settings = quiet_settings()
    job = _Job(settings, tuple(inputs or [STDIN]), jsonl, minimum_confidence)
    if run_async(job.run(processes or settings.extract_processes, model)):
        raise typer.Exit(1)


class _Job:
    """One run of the command."""

    def __init__(
        self, settings: Settings, inputs: tuple[str, ...], jsonl: bool, minimum_confidence: float
    ) -> None:
        self.settings = settings
        self.inputs = inputs
        self.jsonl = jsonl
        self.minimum_confidence = minimum_confidence
        self.failures = 0

    async def run(self, processes: int, model: Path | None) -> int:
        """Read all inputs, print the results in their order, and return how many texts could not be read."""
        async with open_extractor(self.settings, processes, model) as extractor:
            await self._run(extractor.extract, processes * AHEAD)
        return self.failures

    async def _run(self, extract: Extract, most_waiting: int) -> None:
        rows = self._rows()
        waiting: deque[tuple[Row, asyncio.Task[Extraction]]] = deque()
        try:
            with _progress(_count(self.inputs) if self.jsonl else len(self.inputs)) as progress:
                task = progress.task_ids[0]
                async for row in rows:
                    waiting.append((row, asyncio.create_task(_extraction(extract, row))))
                    while waiting and (len(waiting) >= most_waiting or waiting[0][1].done()):
                        await self._finish(*waiting.popleft(), progress)
                        progress.advance(task)
                while waiting:
                    await self._finish(*waiting.popleft(), progress)
                    progress.advance(task)
        finally:
            for _, unfinished in waiting:
                unfinished.cancel()
            await asyncio.gather(*(unfinished for _, unfinished in waiting), return_exceptions=True)
            await rows.aclose()

    async def _finish(self, row: Row, task: "asyncio.Task[Extraction]", progress: Progress) -> None:
        try:
            found = await task
        except ModelMissing:
            raise
        except HearsayError as error:
            self.failures += 1
            progress.console.print(
                f"Error: {row.where}: {error.message}", style="red", markup=False, soft_wrap=True
            )
            return
        claims = tuple(claim for claim in found.claims if claim.confidence >= self.minimum_confidence)
        if self.jsonl:
            _write(json_line(row.id, replace(found, claims=claims)))
        else:
            name = row.where if len(self.inputs) > 1 else row.title
            out_unfolded().print(extraction_view(row.text, replace(found, claims=claims), name))

    async def _rows(self) -> AsyncGenerator[Row, None]:
        """Yield the texts of all inputs, one after the other; what cannot be read is a row with an error."""
        async with AsyncExitStack() as stack:
            reader: PageReader | None = None
            for source in self.inputs:
                if source.lower().startswith(("http://", "https://")):
                    if reader is None:
                        reader = await stack.enter_async_context(open_page_reader(self.settings))
                    yield await _page(source, reader)
                elif self.jsonl:
                    async for row in _lines(source):
                        yield row
                else:
                    yield await asyncio.to_thread(_whole, source)


async def _page(url: str, reader: PageReader) -> Row:
    """Return the text of the article at an address."""
    try:
        article = await reader.article(url)
    except HearsayError as error:
        return Row(url, error=error.message)
    return Row(url, url, article.text, article.title)


async def _extraction(extract: Extract, row: Row) -> Extraction:
    if row.error is not None:
        raise BadInput(row.error)
    return await extract(row.text, row.title)


def _progress(total: int | None) -> Progress:
    """Return a progress bar on stderr, shown only if that is a terminal."""
    console = err()
    progress = Progress(
        SpinnerColumn(),
        TextColumn("extracting"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    progress.add_task("extracting", total=total)
    return progress


def _opened(source: str) -> BinaryIO:
    """Open a file, or standard input. Raises BadInput if that is impossible."""
    if source == STDIN:
        return io.BytesIO(b"") if sys.stdin is None else sys.stdin.buffer
    try:
        if Path(source).is_dir():
            raise BadInput("This is a folder, not a file.")
        return Path(source).open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a file name"
        raise BadInput(f"This file cannot be read ({reason}).") from None


def _count(sources: tuple[str, ...]) -> int | None:
    """Return how many rows all sources hold, None if that takes reading them."""
    total = 0
    for source in sources:
        if source == STDIN or not Path(source).is_file():
            return None
        with Path(source).open("rb") as file:
            total += sum(1 for line in file if line.strip())
    return total


def _whole(source: str) -> Row:
    """Read a text as a whole."""
    name = "standard input" if source == STDIN else source
    try:
        data = _opened(source)
        try:
            raw = data.read()
        finally:
            if source != STDIN:
                data.close()
    except BadInput as error:
        return Row(name, error=error.message)
    except OSError as error:
        return Row(name, error=f"This cannot be read ({error.strerror}).")
    if b"\x00" in raw[:4096] and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Row(name, error="This is not text.")
    return Row(name, name, _decoded(raw))


def _decoded(raw: bytes) -> str:
    """Return `raw` as text: UTF-8, UTF-16 with a byte order mark, or else cp1252, with odd bytes replaced."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


async def _lines(source: str) -> AsyncIterator[Row]:
    """Yield the rows of a file of JSON lines."""
    name = "standard input" if source == STDIN else source
    try:
        file = await asyncio.to_thread(_opened, source)
    except BadInput as error:
        yield Row(name, error=error.message)
        return
    numbered = enumerate(lines_of(file), 1)
    try:
        # reading blocks until somebody writes into the pipe
        while (line := await asyncio.to_thread(next, numbered, None)) is not None:
            number, raw = line
            if raw is None or raw.strip():
                yield _row(raw, f"{name}, line {number}")
    finally:
        if source != STDIN:
            file.close()


def _row(raw: bytes | None, where: str) -> Row:
    try:
        value = _parsed(raw)
    except BadInput as error:
        return Row(where, error=error.message)
    return Row(where, value["id"], value["text"])


def _parsed(raw: bytes | None) -> dict[str, Any]:
    """Return a row of input. Raises BadInput with what is wrong with it."""
    value = object_in(raw)
    if not isinstance(value.get("text"), str):
        raise BadInput('The row has no "text", or it is not a string.')
    return value


def _write(line: str) -> None:
    """Print one line on stdout, in UTF-8 whatever the terminal's encoding, at once."""
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        typer.echo(line)
        return
    stream.write(line.encode("utf-8") + b"\n")
    stream.flush()
