"""Which room may import what (DESIGN.md, "Layout"), read from the source, so that no lazy import hides."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS_WITHOUT_DISCORD = ("feeds", "articles", "extraction", "stories", "digests", "store", "jobs")
HEAVY = ("spacy", "thinc", "onnxruntime", "tokenizers", "numpy", "trafilatura", "feedparser")


def modules_under(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found
    return found


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            names.add(node.module or "")
    return names


def packages_of(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(path)}


@pytest.mark.parametrize("room", [r for r in ROOMS_WITHOUT_DISCORD if r != "jobs"])
def test_only_delivery_client_and_cogs_know_discord(room: str) -> None:
    offenders = [path.name for path in modules_under(f"bot/{room}") if "discord" in packages_of(path)]
    assert offenders == []


def test_the_engine_never_imports_the_cogs() -> None:
    offenders = [path for path in modules_under("bot", "config") if "cogs" in packages_of(path)]
    assert offenders == []


def test_only_the_command_line_imports_the_preview() -> None:
    offenders = [
        path.relative_to(ROOT)
        for path in modules_under("bot", "cogs", "config")
        if "preview" in packages_of(path) and path.parent.name != "cli"
    ]
    assert offenders == []


@pytest.mark.parametrize("room", ["feeds", "articles", "extraction", "stories", "digests"])
def test_a_phase_does_not_know_the_tables(room: str) -> None:
    offenders = [
        path.name
        for path in modules_under(f"bot/{room}")
        if any(n.startswith("bot.store") and n != "bot.store.records" for n in imports_of(path))
    ]
    assert offenders == []


def test_extraction_knows_neither_network_nor_database() -> None:
    forbidden = {"aiohttp", "sqlalchemy", "socket", "urllib", "requests", "httpx"}
    offenders = [path.name for path in modules_under("bot/extraction") if packages_of(path) & forbidden]
    assert offenders == []


@pytest.mark.parametrize("path", modules_under("cogs"), ids=lambda p: p.stem)
def test_a_cog_holds_no_sql_no_http_and_no_language_processing(path: Path) -> None:
    assert not packages_of(path) & {"sqlalchemy", "aiohttp", "spacy", "feedparser", "trafilatura", *HEAVY}


def test_the_main_process_does_not_load_what_belongs_to_worker_processes() -> None:
    code = f"import sys, bot.serving, bot.cli.app\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
