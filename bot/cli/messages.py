"""`messages`: the catalogues of translations, from the code."""

import datetime
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import out
from bot.errors import BadInput
from bot.languages.known_languages import ENGLISH, LANGUAGES
from bot.services.catalogue import read_catalogue

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path("bot/languages/catalogues")
_SOURCES = ("bot", "cogs")
_METHODS = [("errors.py", "bot.languages.error_messages:extract"), ("**.py", "python")]
_KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_DAY = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)
"""Stands in the headers instead of the time, so that catalogues change only with their sentences."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(hidden=True)(messages)


def messages(
    root: Annotated[Path, typer.Argument(help="The folder of the repository.")] = Path(),
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if they are out of date.")] = False,
) -> None:
    """Bring the catalogues of translations up to date with the code, and compile them; or check that they are."""
    template = sentences_of(root)
    for language in LANGUAGES:
        if language.code != ENGLISH.code:
            _update(root / FOLDER / f"{language.code}.po", language.code, template, check=check)


def sentences_of(root: Path) -> "Catalog":
    """Return all sentences of the code and of the command tree, in English."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - only developers need it
    from babel.messages.extract import extract_from_dir  # noqa: PLC0415

    from bot.command_messages import command_messages  # noqa: PLC0415 - discord.py is slow to import

    found = Catalog(project="Hearsay", fuzzy=False)
    for folder in _SOURCES:
        extracted = extract_from_dir(root / folder, _METHODS, keywords=_KEYWORDS, comment_tags=["Translators:"])
        for name, _line, sentence, comments, context in sorted(extracted, key=lambda one: one[:2]):
            found.add(sentence, locations=[(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    for context, text in command_messages():
        found.add(text, context=context)
    for group in read_catalogue(root / "config" / "catalogue.toml"):
        found.add(group.name, context="option", locations=[("config/catalogue.toml", 0)])
    return found


def untranslated(catalogue: "Catalog") -> list[str]:
    """Return the sentences of a catalogue that have no translation in all their plural forms."""
    missing = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(strings):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def _update(path: Path, code: str, template: "Catalog", *, check: bool) -> None:
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po, write_po  # noqa: PLC0415

    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code, abort_invalid=True)
    else:
        catalogue = Catalog(locale=code)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.fuzzy = False
    catalogue.header_comment = "# Translations of Hearsay. `make messages` adds new sentences and compiles them."
    catalogue.creation_date = catalogue.revision_date = _DAY
    written, compiled = io.BytesIO(), io.BytesIO()
    write_po(written, catalogue, width=115, ignore_obsolete=True, include_lineno=False)
    write_mo(compiled, catalogue)
    missing = untranslated(catalogue)
    made = {path: written.getvalue(), path.with_suffix(".mo"): compiled.getvalue()}
    if check:
        stale = [target.name for target, content in made.items() if not _holds(target, content)]
        if stale:
            raise BadInput(f"Out of date: {', '.join(stale)}. Run `make messages`.")
        if missing:
            raise BadInput(f"{path.name} lacks {len(missing)} translations. The first: {missing[0]}")
        return
    for target, content in made.items():
        target.write_bytes(content)
    out().print(f"{path.name}: {len(catalogue)} sentences, {len(missing)} without a translation", markup=False)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
