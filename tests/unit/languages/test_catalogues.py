"""The catalogues: the same placeholders as in English, Discord's limits, and names that Discord takes."""

import ast
import asyncio
import io
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import discord
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from discord import app_commands

from bot.cli.messages import sentences_of, untranslated
from bot.command_messages import command_messages
from bot.command_reference import with_commands
from bot.delivery.command_translator import CommandTranslator
from bot.languages.known_languages import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[3]
CODES = [language.code for language in LANGUAGES if language.code != ENGLISH.code]
ASKING = ("_", "N_", "ngettext", "pgettext", "npgettext", "NP_")
"""The functions that ask for a translation."""
LIMITS = {
    "command name": 32,
    "option name": 32,
    "choice": 100,
    "description": 100,
    "button": 80,
    "placeholder": 150,
    "modal title": 45,
    "label": 45,
    "option": 100,
}
"""Discord's limits by the context of a sentence."""
FILLED = {"zone": "America/Argentina/ComodRivadavia", "time": "12:59 p.m.", "number": "999", "count": "999"}
"""Long values for the placeholders of sentences with a limit."""
NAME = re.compile(r"[-_'\w\u0900-\u097f]{1,32}")
COMMAND = re.compile(r"(?<![\w/<.])/([a-z]+(?: [a-z]+){0,2})")


def catalogue_of(code: str) -> Catalog:
    with (ROOT / "bot" / "languages" / "catalogues" / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def pairs_of(catalogue: Catalog) -> Iterator[tuple[Message, str, str]]:
    """Yield each message with its English and its translation, in all plural forms that have one."""
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
        for number, string in enumerate(strings):
            if string:
                yield message, str(ids[min(number, len(ids) - 1)]), str(string)


def placeholders_of(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module", params=CODES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return catalogue_of(request.param)


def test_each_sentence_has_the_placeholders_of_the_english(catalogue: Catalog) -> None:
    wrong = []
    for message, english, told in pairs_of(catalogue):
        wanted, given = placeholders_of(english), placeholders_of(told)
        # where there is only one, a language may say "once"
        allowed = {"count"} if message.pluralizable else set()
        if (wanted ^ given) - allowed:
            wrong.append((english, told))
    assert wrong == []


def test_each_counted_sentence_has_all_plural_forms_of_its_language(catalogue: Catalog) -> None:
    counted = {str(m.id): list(m.string or ()) for m in catalogue if m.pluralizable}
    assert counted
    assert [one for one, forms in counted.items() if any(forms) and len(forms) != catalogue.num_plurals] == []
    assert [one for one, forms in counted.items() if any(forms) and not all(forms)] == []


def test_no_sentence_is_longer_than_discord_takes(catalogue: Catalog) -> None:
    too_long = []
    for message, _english, told in pairs_of(catalogue):
        limit = LIMITS.get(message.context or "")
        shown = told.format(**{name: FILLED.get(name, "x" * 20) for name in placeholders_of(told)})
        if limit is not None and len(shown.encode("utf-16-le")) // 2 > limit:
            too_long.append((message.context, told, len(shown)))
    assert too_long == []


def test_markup_of_discord_is_kept(catalogue: Catalog) -> None:
    for mark in ("**", "__", "~~", "\n", "<#", "<@"):
        wrong = [
            (english, told)
            for _message, english, told in pairs_of(catalogue)
            if english.count(mark) != told.count(mark)
        ]
        assert wrong == [], mark


def test_code_that_people_type_is_the_same_in_all_languages(catalogue: Catalog) -> None:
    """Examples of filters, programs to run: what is in backticks and is neither a command nor an option."""
    options = {text for context, text in command_messages() if context == "option name"}
    for _message, english, told in pairs_of(catalogue):
        typed = {
            code for code in re.findall(r"`([^`]+)`", english) if not code.startswith("/") and code not in options
        }
        assert typed <= set(re.findall(r"`([^`]+)`", told)), told


def names_in(code: str, context: str) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogue_of(code) if m.context == context and m.string}


@pytest.fixture(scope="module")
def tree() -> list[dict[str, Any]]:
    """The command tree as Discord gets it, in all languages."""

    async def payloads(commands: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
        return [await c.get_translated_payload(commands, CommandTranslator()) for c in commands.get_commands()]

    return asyncio.run(with_commands(payloads))


def levels_of(tree: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the commands, options or choices that stand beside one another, on all levels."""
    yield tree
    for one in tree:
        if inner := one.get("options"):
            yield from levels_of(inner)
        if choices := one.get("choices"):
            yield choices


def test_names_beside_one_another_differ_in_each_language(tree: list[dict[str, Any]]) -> None:
    for level in levels_of(tree):
        for locale in {locale for one in level for locale in one.get("name_localizations") or ()}:
            names = [(one.get("name_localizations") or {}).get(locale, one["name"]) for one in level]
            assert len(names) == len(set(names)), (locale, names)


def test_names_are_such_as_discord_takes(tree: list[dict[str, Any]]) -> None:
    for level in levels_of(tree):
        for one in level:
            if "value" in one or (
                one.get("type") == discord.AppCommandType.message.value and "description" not in one
            ):
                continue  # choices, and commands of messages, are called as people speak
            for name in (one["name"], *(one.get("name_localizations") or {}).values()):
                assert NAME.fullmatch(name), name
                assert name == name.lower(), name


def test_each_command_is_within_discords_limit_for_all_its_texts(tree: list[dict[str, Any]]) -> None:
    """Discord counts the longest language of each text: 8,000 characters a command."""

    def size(one: dict[str, Any]) -> int:
        own = sum(
            max(map(len, (str(one.get(key) or ""), *(one.get(f"{key}_localizations") or {}).values())))
            for key in ("name", "description")
        )
        inner = sum(map(size, (*one.get("options", ()), *one.get("choices", ()))))
        return own + inner + len(str(one.get("value", "")))

    assert {one["name"]: size(one) for one in tree if size(one) > 8_000} == {}


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_names_commands_as_the_reader_sees_them(code: str) -> None:
    commands = names_in(code, "command name")
    known = set(commands)
    for _message, english, told in pairs_of(catalogue_of(code)):
        for named in COMMAND.findall(english):
            words = named.split()
            while words and not set(words) <= known:
                words.pop()
            if words and words[0] in known:
                assert "/" + " ".join(commands[word] for word in words) in told, (english, told)


@pytest.fixture(scope="module")
def of_the_code() -> Catalog:
    return sentences_of(ROOT)


def test_no_sentence_is_written_inside_an_f_string() -> None:
    """Babel does not find it there with Python 3.11, so nobody is asked to translate it."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("bot", "cogs", "config")
        for path in (ROOT / folder).rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ASKING
        if any(
            isinstance(given, ast.Constant)
            for given in call.args[call.func.id in ("pgettext", "npgettext", "NP_") :]
        )
    ]
    assert hidden == []


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_of_the_code_is_untranslated(code: str, of_the_code: Catalog) -> None:
    catalogue = catalogue_of(code)
    catalogue.update(of_the_code, no_fuzzy_matching=True)
    assert untranslated(catalogue) == [], "write what is missing, after `make messages`"


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_is_the_one_that_is_edited(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue_of(code))
    file = ROOT / "bot" / "languages" / "catalogues" / f"{code}.mo"
    assert file.read_bytes() == compiled.getvalue(), "run `make messages`"
