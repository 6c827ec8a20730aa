"""The languages in which Hearsay speaks to people, and which of them a tag of Discord means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface, as it is written in one region.

    `code` names the catalogue. `locale` is the name in CLDR by which dates and numbers are written. `own_name` is
    what its speakers call it.
    """

    code: str
    locale: str
    own_name: str


ENGLISH = Language("en", "en_GB", "English")
"""The language of the sentences in the code, and of everybody whose language is not known."""
LANGUAGES = (
    ENGLISH,
    Language("de", "de", "Deutsch"),
    Language("es", "es", "Español"),
    Language("fr", "fr", "Français"),
    Language("hi", "hi", "हिन्दी"),
    Language("pt_BR", "pt_BR", "Português do Brasil"),
)
"""All languages, English first."""
_BY_CODE = {language.code: language for language in LANGUAGES}
_OF_TAGS = {
    "en-US": Language("en", "en_US", "English"),
    "es-ES": _BY_CODE["es"],
    "es-419": Language("es", "es_419", "Español"),
    "pt-BR": _BY_CODE["pt_BR"],
    "pt": _BY_CODE["pt_BR"],
}
"""The tags, as Discord has them, that mean more than their first letters say."""


def language_of(tag: str | None) -> Language:
    """Return the language that a tag such as "de" or "es-419" means. English for those not spoken here."""
    if not tag:
        return ENGLISH
    return _OF_TAGS.get(tag) or _BY_CODE.get(tag.replace("_", "-").split("-")[0], ENGLISH)


def tag_of(language: Language) -> str:
    """Return the tag under which a language is stored: "pt-BR"."""
    return language.code.replace("_", "-")
