"""The extractor with real worker processes and the pipeline that ships with the bot."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import ExtractionError, ModelMissing
from bot.extraction.extractor import Extractor
from config.settings import default_model

TEXT = "“We will wait,” Transport Minister Anna Kovacs told reporters. She denied that the harbour was unsafe."


@pytest.fixture
async def extractor() -> AsyncIterator[Extractor]:
    extractor = Extractor(default_model())
    yield extractor
    await extractor.close()


def children() -> set[int]:
    """Return the worker processes of this process."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            command = (status.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(lines["PPid"]) == os.getpid() and "spawn_main" in command:
            found.add(int(lines["Pid"]))
    return found


async def test_claims_come_back_from_a_worker_process(extractor: Extractor) -> None:
    found = await extractor.extract(TEXT, "Harbour closed")
    assert [claim.actor for claim in found.claims] == ["Anna Kovacs"] * 2
    assert found.actors[0].role == "Transport Minister"


async def test_texts_can_be_asked_for_at_the_same_time(extractor: Extractor) -> None:
    found = await asyncio.gather(*(extractor.extract(TEXT) for _ in range(5)))
    assert len(set(found)) == 1


async def test_a_killed_worker_loses_its_text_only(extractor: Extractor) -> None:
    before = children()
    await extractor.extract(TEXT)
    (worker,) = children() - before
    running = asyncio.create_task(extractor.extract(TEXT * 3000))
    await asyncio.sleep(0.5)
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(ExtractionError, match="died"):
        await running
    assert (await extractor.extract(TEXT)).claims


async def test_a_text_that_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    extractor = Extractor(default_model(), timeout_s=10)
    try:
        with pytest.raises(ExtractionError, match="longer than 10 seconds"):
            await extractor.extract(TEXT * 20_000)
        extractor._workers._timeout_s = 600  # the new worker loads the model first, however long that takes here
        assert (await extractor.extract(TEXT)).claims
    finally:
        await extractor.close()


async def test_a_missing_model_is_told(tmp_path: Path) -> None:
    extractor = Extractor(tmp_path / "nothing")
    try:
        with pytest.raises(ModelMissing, match="no model in 'nothing'"):
            await extractor.extract(TEXT)
    finally:
        await extractor.close()


async def test_a_closed_extractor_says_so() -> None:
    extractor = Extractor(default_model())
    await extractor.close()
    with pytest.raises(ExtractionError, match="stopping"):
        await extractor.extract(TEXT)


def test_the_main_process_imports_no_heavy_library() -> None:
    program = "import sys, bot.extraction.extractor; print({'spacy', 'numpy', 'onnxruntime'} & set(sys.modules))"
    root = Path(__file__).parents[3]
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert printed.stdout.strip() == "set()"


def test_onnxruntime_reports_nothing_to_its_maker(tmp_path: Path) -> None:
    """By default, onnxruntime creates an id for the machine, collects data and sends it."""
    program = (
        "from bot.extraction.encoder.onnx_encoder import open_session; from config.settings import default_model\n"
        "open_session(str(default_model() / 'hearsay_encoder' / 'claims_int8.onnx'))"
    )
    # it reports nothing anyway if these say that this is continuous integration
    quiet = ("ORT_", "CI", "XDG_", "GITHUB_", "BUILD_", "TF_", "JENKINS")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(quiet)}
    variables |= {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run([sys.executable, "-c", program], env=variables, check=True, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
