"""Which language is spoken in the running task."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.languages.known_languages import ENGLISH, Language

_spoken: ContextVar[Language] = ContextVar("spoken language", default=ENGLISH)


def spoken_language() -> Language:
    """Return the language of the running task. English, if none was chosen."""
    return _spoken.get()


def speak(language: Language) -> None:
    """Speak a language from now on in this task, and in the tasks that it makes."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language within a block, and then the one before."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)
