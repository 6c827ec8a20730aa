"""Extraction for the rest of Hearsay: texts in, extractions out, the work done in processes that can be killed.

This module is light: spaCy, numpy and onnxruntime are imported only in the worker processes, which load the
pipeline with their first text. A worker takes about 195 MB of memory, some 110 MB of it libraries; a long text
adds about 20 MB while it is read, and 1 KB for each claim found in it.
"""

import ctypes
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ExtractionError, WorkerFailed
from bot.model.claims import Extraction
from bot.workers import Workers

if TYPE_CHECKING:
    from spacy.language import Language

TIMEOUT_S = 120.0
MEMORY_MB = 3072
"""Address space, not memory, and so far above what a worker touches: libraries map more than they use."""
LONG = 200_000
"""Characters of a text after which a worker looks for memory to give back."""


class Extractor:
    """Finds actors and claims in worker processes, started with the first text.

    `model` is the folder of the pipeline, `processes` how many texts are read at the same time, `timeout_s` how
    long one text may take, `memory_mb` the address space of a process. A worker that dies or is stopped loses only
    its text; the next one gets a new process.
    """

    def __init__(
        self, model: Path, processes: int = 1, timeout_s: float = TIMEOUT_S, memory_mb: int = MEMORY_MB
    ) -> None:
        self.processes = processes
        self._model = model
        self._workers = Workers(processes, timeout_s, memory_mb)

    async def extract(self, text: str, title: str | None = None) -> Extraction:
        """Return the actors and claims of `text`; `title` tells who is central where the text leaves it out.

        Raises ModelMissing where the model cannot be loaded, and ExtractionError for a text that is too long,
        takes too much time or memory, or kills its worker.
        """
        try:
            return await self._workers.run(extract_in_worker, str(self._model), text, title)
        except WorkerFailed as error:
            raise ExtractionError(f"The text could not be analysed. {error.message}") from error

    async def close(self) -> None:
        """Stop the worker processes; texts in work raise ExtractionError."""
        await self._workers.close()


@cache
def _pipeline(model: str) -> "Language":
    """Load the pipeline once a process."""
    # Read when numpy is imported. More threads do small products no faster, and take other workers' time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.extraction.pipeline import load  # noqa: PLC0415 - spaCy is for workers only

    pipeline = load(Path(model))
    _give_back()
    return pipeline


def extract_in_worker(model: str, text: str, title: str | None) -> Extraction:
    """Return the actors and claims of `text`. Runs in a worker process and loads the pipeline there."""
    pipeline = _pipeline(model)
    from bot.extraction.pipeline import extract  # noqa: PLC0415 - spaCy is for workers only

    found = extract(pipeline, text, title)
    if len(text) > LONG:
        _give_back()
    return found


def _give_back() -> None:
    """Give the system back what the allocator keeps for later, where that is glibc's."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
