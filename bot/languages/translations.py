"""Sentences in the language that is spoken now: gettext's functions, with named placeholders.

The spoken language belongs to the running task (`bot.languages.spoken`). It is set where work for somebody begins:
an interaction, a digest, a notice. Where nobody set it, it is English, so logs, the command line and the store are
English.

A sentence remembers what it was made from: an error is raised once, logged in English, and shown in the language
of whoever sees it.
"""

import functools
import gettext as gnu
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from bot.languages.formats import shown_number
from bot.languages.known_languages import ENGLISH
from bot.languages.spoken import speaking, spoken_language

_SEPARATOR = "\x04"
"""Stands between context and sentence in a catalogue, as gettext has it."""
_FEWEST_LETTERS = 8
"""Letters of its own by which a stored sentence with placeholders may be recognised."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What a sentence is made from: the English, its plural if it counts, and what fills its placeholders."""

    context: str | None
    one: str
    many: str | None
    count: int
    parameters: Mapping[str, Any]

    def told(self) -> str:
        """Return the sentence in the spoken language."""
        catalogue = _catalogue(spoken_language().code)
        if self.many is None:
            pattern = _without_plural(catalogue, self.context, self.one)
        elif self.context is None:
            pattern = catalogue.ngettext(self.one, self.many, self.count)
        else:
            pattern = catalogue.npgettext(self.context, self.one, self.many, self.count)
        if self.many is None and not self.parameters:
            return pattern
        filled = {name: anew(value) for name, value in self.parameters.items()}
        return pattern.format(**{"count": shown_number(self.count)} | filled if self.many is not None else filled)


class Sentence(str):
    """A sentence for people, in the language that was spoken when it was made."""

    __slots__ = ("source",)
    source: _Source

    @property
    def english(self) -> str:
        """The sentence in English, for logs and the store."""
        with speaking(ENGLISH):
            return self.source.told()


def _(sentence: str, /, **parameters: Any) -> str:
    """Return a sentence in the spoken language. `parameters` fill its placeholders: `{name}`."""
    return _made(_Source(None, sentence, None, 1, parameters))


def ngettext(one: str, many: str, count: int, /, **parameters: Any) -> str:
    """Return a sentence that counts, in the plural form for `count`, which `{count}` in it stands for."""
    return _made(_Source(None, one, many, count, parameters))


def pgettext(context: str, sentence: str, /, **parameters: Any) -> str:
    """Return a sentence like `_`. The context tells equal words apart, and says how long it may be: "button"."""
    return _made(_Source(context, sentence, None, 1, parameters))


def npgettext(context: str, one: str, many: str, count: int, /, **parameters: Any) -> str:
    """Return a sentence that counts, with a context."""
    return _made(_Source(context, one, many, count, parameters))


def N_(sentence: str, /) -> str:  # noqa: N802 - gettext's own name, which extractors know
    """Return the sentence as it is: it is translated later, by `_` with a variable."""
    return sentence


def NP_(_context: str, sentence: str, /) -> str:  # noqa: N802
    """Return the sentence as it is: it is translated later, by `pgettext` with the same context and a variable."""
    return sentence


def anew(value: Any) -> Any:
    """Return a sentence in the current language, whatever language it was made in; other values unchanged."""
    return _made(value.source) if isinstance(value, Sentence) else value


def english(text: str) -> str:
    """Return a sentence in English, and any other text as it is."""
    return text.english if isinstance(text, Sentence) else text


def retold(stored: str) -> str:
    """Return a sentence in the spoken language that was stored, or came from a worker, in English.

    It is recognised by its words around the placeholders. Text that is no sentence of Hearsay stays as it is.
    """
    if isinstance(stored, Sentence):
        return _made(stored.source)
    language = spoken_language()
    if language.code == ENGLISH.code or not stored:
        return stored
    catalogue = _catalogue(language.code)
    if (found := catalogue.gettext(stored)) != stored:
        return found
    for pattern in _patterns(language.code):
        if (parameters := pattern.found_in(stored)) is not None:
            return _(pattern.sentence, **parameters)
    return stored


def _made(source: _Source) -> Sentence:
    made = Sentence(source.told())
    made.source = source
    return made


def _without_plural(catalogue: gnu.NullTranslations, context: str | None, sentence: str) -> str:
    return catalogue.gettext(sentence) if context is None else catalogue.pgettext(context, sentence)


class _Catalogue(gnu.GNUTranslations):
    """A catalogue that can name its sentences."""

    def sentences(self) -> list[str]:
        """Return the English sentences that have neither a context nor a plural."""
        keys = vars(self)["_catalog"]
        return [key for key in keys if isinstance(key, str) and key and _SEPARATOR not in key]


@functools.cache
def _catalogue(code: str) -> gnu.NullTranslations:
    """Return the catalogue of a language; English is in the code. Loaded when it is first needed."""
    if code == ENGLISH.code:
        return gnu.NullTranslations()
    file = importlib.resources.files("bot.languages") / "catalogues" / f"{code}.mo"
    with file.open("rb") as opened:
        return _Catalogue(opened)


def forget_catalogues() -> None:
    """Forget the catalogues, which are loaded again when somebody speaks their language: 3 MB for all of them."""
    _patterns.cache_clear()
    _catalogue.cache_clear()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence with placeholders: its words between them, and their names."""

    sentence: str
    words: tuple[str, ...]
    names: tuple[str, ...]

    def found_in(self, text: str) -> dict[str, str] | None:
        """Return what fills the placeholders if `text` was made from this sentence, each as short as it can be."""
        first, *middle, last = self.words
        if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
            return None
        at, end, values = len(first), len(text) - len(last), list[str]()
        for words in middle:
            next_at = text.find(words, at, end)
            if next_at < 0:
                return None
            values.append(text[at:next_at])
            at = next_at + len(words)
        return dict(zip(self.names, [*values, text[at:end]], strict=True))


@functools.cache
def _patterns(code: str) -> tuple[_Pattern, ...]:
    """Return the sentences with placeholders of a language, those with the most words of their own first."""
    catalogue = _catalogue(code)
    sentences = catalogue.sentences() if isinstance(catalogue, _Catalogue) else []
    made = [pattern for sentence in sentences if (pattern := _pattern(sentence)) is not None]
    return tuple(sorted(made, key=lambda pattern: -sum(map(len, pattern.words))))


def _pattern(sentence: str) -> _Pattern | None:
    """Return a sentence as a pattern. None if it has no placeholder, or hardly any words to recognise it by."""
    parts = list(Formatter().parse(sentence))
    names = [name for _text, name, _format, _conversion in parts if name is not None]
    words = [text for text, _name, _format, _conversion in parts]
    if len(words) == len(names):
        words.append("")
    recognisable = sum(map(len, words)) >= _FEWEST_LETTERS and all(words[1:-1])
    return _Pattern(sentence, tuple(words), tuple(names)) if names and recognisable else None
