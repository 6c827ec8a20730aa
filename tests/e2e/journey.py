"""Somebody who uses everything that Hearsay offers in Discord, and notes what was used and what was said."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.pofile import read_po

from bot.languages.known_languages import Language, language_of
from bot.languages.spoken import speaking
from cogs.answering import as_typed
from preview.discord import Channel, Json, Person, Reply, text_of
from preview.discord.messages import BUTTON, SELECTS, all_components
from tests.e2e.whole import WholeBot

CATALOGUES = Path(__file__).parents[2] / "bot" / "languages" / "catalogues"
SHOWN = frozenset({"title", "description", "text", "name", "value", "label", "placeholder", "content"})
"""Members of a message, or of a form, whose text somebody reads."""
UNSEEN = frozenset({"author", "interaction", "interaction_metadata", "mentions"})
_COMMAND = re.compile(r"`/[\w-]+")
_MENTION = re.compile(r"</([^:>]+):\d+>")
FEWEST_WORDS, FEWEST_LETTERS = 3, 15
"""What is shorter may stand in a text of another language by chance."""


class Journey:
    """Commands and controls, used in one language: `said` is checked to be in it, and nothing to be in another."""

    def __init__(self, whole_bot: WholeBot, tag: str) -> None:
        """Take the bot, and Discord's tag of the language of everybody."""
        self.whole_bot = whole_bot
        self.tag = tag
        self.language = language_of(tag)
        self.other = language_of("de" if self.language.code == "en" else "en-US")
        self.commands: set[str] = set()
        self.controls: set[str] = set()
        self.forms: set[str] = set()
        self.foreign: list[str] = []

    async def ask(
        self, command: str, *told: str, by: Person, where: Channel | None = None, **options: Any
    ) -> Reply:
        """Use a command in a channel, by default where the news is, and expect each of the sentences `told`."""
        self.commands.add(command)
        asked = await by.slash(where or self.whole_bot.news, command, **options)
        return self._heard(await asked.done(), f"/{command}", told)

    async def ask_of(self, message: Json, *told: str, by: Person, where: Channel) -> Reply:
        """Use the command in the menu of a message."""
        name = "Who said what here?"
        self.commands.add(name)
        return self._heard(await (await by.message_menu(where, name, message)).done(), name, told)

    async def press(self, message: Json | Reply, control: str, *told: str, by: Person) -> Reply:
        """Press the first button whose custom id begins with `control`."""
        custom_id = self._control(message, control, {BUTTON})
        reply = await by.click(message, custom_id)
        return self._heard(await reply.done(), custom_id, told)

    async def choose(self, message: Json | Reply, control: str, values: Any, *told: str, by: Person) -> Reply:
        """Choose in the select whose custom id begins with `control`; None chooses the first option."""
        custom_id = self._control(message, control, SELECTS)
        if values is None:
            select = next(one for one in _components(message) if one.get("custom_id") == custom_id)
            values = [select["options"][0]["value"]]
        reply = await by.choose(message, custom_id, values)
        return self._heard(await reply.done(), custom_id, told)

    async def fill_in(self, message: Json | Reply, control: str, *told: str, by: Person, **values: Any) -> Reply:
        """Press a button that opens a form, and send that."""
        custom_id = self._control(message, control, {BUTTON})
        form = await by.click(message, custom_id)
        self._read(form.modal, custom_id)
        sent = await (await by.submit(form, **values)).done()
        self.forms.add(custom_id.split(":")[1])
        return self._heard(sent, f"the form of {custom_id}", told)

    def read(self, message: Json, *told: str) -> Json:
        """Read a message that the bot posted by itself."""
        self._read(message, "a message")
        self._expect(self._typed(text_of(message)), told, "a message")
        return message

    def _control(self, message: Json | Reply, beginning: str, kinds: set[int]) -> str:
        found = [
            str(one["custom_id"])
            for one in _components(message)
            if one["type"] in kinds and not one.get("disabled") and str(one.get("custom_id")).startswith(beginning)
        ]
        there = [one.get("custom_id") for one in _components(message)]
        assert found, f"There is no control {beginning!r} among {there}"
        self.controls.add(found[0])
        return found[0]

    def _heard(self, reply: Reply, what: str, told: Iterable[str]) -> Reply:
        shown = [reply.message] if reply.has_message else []
        for message in [*shown, *reply.followups]:
            self._read(message, what)
        text = self._typed("\n".join(text_of(message) for message in [*shown, *reply.followups]))
        self._expect(text, told, what)
        return reply

    def _typed(self, text: str) -> str:
        """Return a text with its mentions of commands as the sentences name them."""
        with speaking(self.language):
            return _MENTION.sub(lambda one: f"`{as_typed(*one[1].split())}`", text)

    def _expect(self, text: str, told: Iterable[str], what: str) -> None:
        for sentence in told:
            forms = _translated(self.language.code, sentence)
            assert any(all(part in text for part in _parts(form)) for form in forms), (
                f"{what} does not say {forms} but: {text}"
            )

    def _read(self, shown: Json, what: str) -> None:
        """Note what is in the other language."""
        text = "\n".join(_texts(shown))
        self.foreign += [f"{what}: {phrase}" for phrase in _phrases(self.other, self.language) if phrase in text]
        named = _commands(self.other.code, self.language.code)
        self.foreign += [f"{what}: {one}" for one in set(_COMMAND.findall(text)) & named]
        labels = _labels(self.other.code) - _labels(self.language.code)
        self.foreign += [
            f"{what}: {one[member]}"
            for one in all_components(shown.get("components") or [])
            for member in ("label", "placeholder")
            if one["type"] in {BUTTON, *SELECTS} and one.get(member) in labels
        ]


def _components(message: Json | Reply) -> list[Json]:
    shown = message.message if isinstance(message, Reply) else message
    return list(all_components(shown["components"]))


def _texts(shown: Any) -> Iterator[str]:
    """Yield what somebody reads in a message or a form."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            if isinstance(value, str) and name in SHOWN and not (name == "value" and "label" in shown):
                yield value  # the value of an option is not shown: its label is
            elif isinstance(value, dict | list) and name not in UNSEEN:
                yield from _texts(value)
    elif isinstance(shown, list):
        for one in shown:
            yield from _texts(one)


@cache
def _translations(code: str) -> dict[str, tuple[str, ...]]:
    """Return how each English sentence is said in a language, in all its plural forms."""
    said: dict[str, tuple[str, ...]] = {}
    with (CATALOGUES / f"{'de' if code == 'en' else code}.po").open("rb") as file:
        for message in read_po(file):
            source = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            for sentence in source:
                said[str(sentence)] = tuple(map(str, source if code == "en" else forms))
    return said


def _translated(code: str, beginning: str) -> tuple[str, ...]:
    """Return a sentence in a language, in all its forms, given in English: the whole of it, or its beginning."""
    every = _translations(code)
    found = [beginning] if beginning in every else [one for one in every if one.startswith(beginning)]
    assert len(found) == 1, f"{len(found)} sentences begin with {beginning!r}"
    return every[found[0]]


@cache
def _labels(code: str) -> frozenset[str]:
    """Return what buttons and selects may be called in a language."""
    with (CATALOGUES / f"{'de' if code == 'en' else code}.po").open("rb") as file:
        return frozenset(
            str(message.id if code == "en" else message.string)
            for message in read_po(file)
            if message.context in {"button", "placeholder"}
        )


@cache
def _commands(code: str, other: str) -> frozenset[str]:
    """Return commands, as a sentence names them, that are called otherwise in another language."""
    with (CATALOGUES / f"{'de' if code == 'en' else code}.po").open("rb") as file:
        named = {str(one.id): str(one.string) for one in read_po(file) if one.context == "command name"}
    told = {f"`/{source}": f"`/{name}" for source, name in named.items() if source != name}
    return frozenset(told.values() if other == "en" else told)


@cache
def _phrases(language: Language, other: Language) -> tuple[str, ...]:
    """Return phrases of sentences in one language that no sentence in the other holds."""
    every = "\n".join(form for forms in _translations(other.code).values() for form in forms)
    parts = {part for forms in _translations(language.code).values() for form in forms for part in _parts(form)}
    return tuple(
        part
        for part in sorted(parts)
        if len(part.split()) >= FEWEST_WORDS and len(part) >= FEWEST_LETTERS and part not in every
    )


def _parts(sentence: str) -> list[str]:
    """Return the words of a sentence between its placeholders."""
    parts = [text.strip() for text, *_field in Formatter().parse(sentence)]
    return [part for part in parts if re.search(r"\w", part)]
