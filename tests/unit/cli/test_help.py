"""Every command and every option says what it is for."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot import __version__
from bot.__main__ import main
from bot.cli.app import app


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "docs" / "quickstart.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
ALL = dict(commands(typer.main.get_command(app)))


def test_the_commands_are_those_of_the_papers() -> None:
    names = {" ".join(path) for path, command in ALL.items() if not hasattr(command, "commands")}
    feeds = {f"feeds {name}" for name in ("add", "list", "remove", "import", "export")}
    others = {"run", "preview", "extract", "poll", "digest", "said", "db upgrade", "db check", "doctor"}
    assert names >= feeds | others | {"health", "reference"}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_and_each_of_its_options_have_a_help_text(path: tuple[str, ...]) -> None:
    command = ALL[path]
    assert (command.help or "").strip().endswith(".")
    assert [p.name for p in command.params if not (getattr(p, "help", None) or "").strip()] == []
    shown = CliRunner().invoke(app, [*path, "--help"])
    assert shown.exit_code == 0
    assert " ".join(command.help.split())[:40] in " ".join(shown.stdout.split())


def named_commands(page: Path) -> Iterator[str]:
    """Yield what `page` lets a reader type after `python -m bot`."""
    for found in re.finditer(
        r"(?:python -m bot|^ +hearsay) +([^\n`|#]*)", page.read_text(encoding="utf-8"), re.MULTILINE
    ):
        if found[1].strip() and not found[1].startswith('"$@"'):
            yield found[1].strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_and_option_that_a_page_names_exists(page: Path) -> None:
    for typed in named_commands(page):
        words = re.findall(r"[^\s\"']+", typed)
        path = tuple(words[:2]) if tuple(words[:2]) in ALL else tuple(words[:1])
        assert path in ALL, typed
        options = {name for parameter in ALL[path].params for name in getattr(parameter, "opts", ())}
        assert {word for word in words if word.startswith("--")} <= options | {"--help"}, typed


def test_the_version_is_shown() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == f"hearsay {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [[], ["nosuch"], ["feeds"], ["feeds", "nosuch"], ["poll", "extra"], ["--what"]]
)
def test_wrong_usage_ends_with_two_and_shows_what_is_right(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "--help" in result.output


def test_an_interruption_while_modules_are_still_imported_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(ModuleType):
        def __getattr__(self, _name: str) -> Any:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "bot.cli.app", Interrupted("bot.cli.app"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
