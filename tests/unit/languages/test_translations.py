"""Sentences in the spoken language: placeholders, plurals, and errors that are shown in another language."""

import asyncio
import io
import pickle
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot.errors import BadInput, ChannelGone, HearsayError
from bot.languages import translations
from bot.languages.formats import clock_time, date_in_words, listed, shown_number, shown_percent, weekday_and_date
from bot.languages.known_languages import ENGLISH, LANGUAGES, Language, language_of, tag_of
from bot.languages.spoken import speak, speaking, spoken_language
from bot.languages.translations import _, english, ngettext, pgettext, retold

GERMAN = language_of("de")
SENTENCES: dict[Any, Any] = {
    "There is no feed {name}.": "Es gibt keinen Feed {name}.",
    "{count} hour left over.": "",
    ChannelGone.__doc__: "Der Kanal ist weg.",
    ("{count} feed", "{count} feeds"): ("{count} Feed", "{count} Feeds"),
    "It failed: {reason} It comes again.": "Es schlug fehl: {reason} Es kommt wieder.",
}


@pytest.fixture(autouse=True)
def small_german_catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogue = Catalog(locale="de")
    for sentence, translation in SENTENCES.items():
        catalogue.add(sentence, translation)
    catalogue.add("opinion", "Meinung", context="kind of claim")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    made = translations._Catalogue(compiled)
    whole = translations._catalogue
    monkeypatch.setattr(translations, "_catalogue", lambda code: made if code == "de" else whole(code))
    translations._patterns.cache_clear()
    yield
    translations._patterns.cache_clear()


def test_a_sentence_is_in_the_spoken_language_and_english_otherwise() -> None:
    assert _("There is no feed {name}.", name="x") == "There is no feed x."
    with speaking(GERMAN):
        assert _("There is no feed {name}.", name="x") == "Es gibt keinen Feed x."
        assert pgettext("kind of claim", "opinion") == "Meinung"
        assert _("A sentence that nobody translated.") == "A sentence that nobody translated."
    assert spoken_language() is ENGLISH


def test_what_fills_a_placeholder_is_never_read_as_one() -> None:
    assert _("There is no feed {name}.", name="{name.__class__} {0}") == "There is no feed {name.__class__} {0}."


@pytest.mark.parametrize(("count", "shown"), [(1, "1 Feed"), (0, "0 Feeds"), (12_345, "12.345 Feeds")])
def test_a_count_has_its_plural_and_the_separators_of_the_language(count: int, shown: str) -> None:
    with speaking(GERMAN):
        assert ngettext("{count} feed", "{count} feeds", count) == shown


def test_an_error_is_english_in_the_log_and_in_the_language_of_whoever_sees_it() -> None:
    with speaking(GERMAN):
        error = BadInput(_("There is no feed {name}.", name="x"))
    assert str(error) == "There is no feed x."
    assert error.message == "There is no feed x."
    with speaking(GERMAN):
        assert error.message == "Es gibt keinen Feed x."
        assert ChannelGone().message == "Der Kanal ist weg."
        assert str(ChannelGone()) == ChannelGone.__doc__


def test_an_error_of_a_worker_process_can_be_shown_in_another_language() -> None:
    error = pickle.loads(pickle.dumps(BadInput(_("There is no feed {name}.", name="x"))))
    with speaking(GERMAN):
        assert error.message == "Es gibt keinen Feed x."


def test_an_error_with_words_of_its_own_stays_as_it_is() -> None:
    with speaking(GERMAN):
        assert HearsayError("Just so.").message == str(HearsayError("Just so.")) == "Just so."


def test_a_sentence_that_was_stored_in_english_is_recognised() -> None:
    with speaking(GERMAN):
        assert retold("There is no feed “a.b”.") == "Es gibt keinen Feed “a.b”."
        assert retold(str(ChannelGone.__doc__)) == "Der Kanal ist weg."
        assert retold("It failed: HTTP 500. It comes again.") == "Es schlug fehl: HTTP 500. Es kommt wieder."
        assert retold("Something that a feed says of itself.") == "Something that a feed says of itself."
        assert retold("") == ""


def test_a_sentence_within_a_sentence_follows_the_language() -> None:
    with speaking(GERMAN):
        outer = _("It failed: {reason} It comes again.", reason=_("There is no feed {name}.", name="x"))
    assert english(outer) == "It failed: There is no feed x. It comes again."


async def test_the_language_of_one_task_does_not_reach_another() -> None:
    seen: dict[str, list[str]] = {}
    both_speak = asyncio.Barrier(len(LANGUAGES))

    async def answer(language: Language) -> None:
        speak(language)
        await both_speak.wait()
        seen[language.code] = [spoken_language().code, await asyncio.to_thread(lambda: spoken_language().code)]

    await asyncio.gather(*(asyncio.create_task(answer(language)) for language in LANGUAGES))
    assert seen == {language.code: [language.code] * 2 for language in LANGUAGES}
    assert spoken_language() is ENGLISH


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("de", "de"),
        ("en-US", "en_US"),
        ("en-GB", "en_GB"),
        ("es-419", "es_419"),
        ("es-ES", "es"),
        ("pt-BR", "pt_BR"),
        ("hi", "hi"),
        ("ja", "en_GB"),
        ("", "en_GB"),
        (None, "en_GB"),
    ],
)
def test_each_tag_of_discord_means_a_language(tag: str | None, locale: str) -> None:
    assert language_of(tag).locale == locale


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tag_under_which_a_language_is_stored_means_it(language: Language) -> None:
    assert language_of(tag_of(language)).code == language.code


def test_dates_numbers_and_lists_follow_cldr() -> None:
    day = date(2026, 7, 18)
    assert weekday_and_date(day) == "Saturday, 18 July 2026"
    assert (shown_number(12_345), shown_percent(0.9), listed(["A", "B", "C"])) == ("12,345", "90%", "A, B and C")
    with speaking(language_of("en-US")):
        assert (date_in_words(day), clock_time(time(8, 5))) == ("July 18, 2026", "8:05\u202fAM")
    with speaking(language_of("pt-BR")):
        assert weekday_and_date(day) == "sábado, 18 de julho de 2026"
    with speaking(language_of("hi")):
        assert date_in_words(day) == "18 जुलाई 2026"
