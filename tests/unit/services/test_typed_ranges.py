"""From when to when, quarters, halves and seasons, as people write them in six languages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.languages.formats import month_names, weekday_names
from bot.languages.known_languages import language_of
from bot.languages.range_phrases import MAYBE_RANGES, RANGES
from bot.languages.spoken import speaking
from bot.services.typed_periods import moment_since, moments_between, period_meant, shown_period
from bot.text.period_meanings import Period

NOW = datetime(2026, 7, 15, 10, 30, tzinfo=UTC)  # a Wednesday
ZONE = "Europe/Berlin"
TAGS = {"en-GB": "en", "en-US": "en", "de": "de", "es-ES": "es", "fr": "fr", "pt-BR": "pt_BR", "hi": "hi"}


def understood(tag: str, typed: str, zone: str = ZONE) -> Period:
    with speaking(language_of(tag)):
        return period_meant(typed, NOW, zone, tag)


def shown(tag: str, typed: str, zone: str = ZONE) -> str:
    return shown_period(understood(tag, typed, zone), zone)


FIRST_TO_FIFTH = "Wed, 1 Jul 2026 to Sun, 5 Jul 2026"
MONDAY_TO_WEDNESDAY = "Mon, 13 Jul 2026 to Wed, 15 Jul 2026"
OVER_THE_MONTH = "Tue, 30 Jun 2026 to Thu, 2 Jul 2026"
FROM_TWO_TO_FOUR = "Tue, 14 Jul 2026, 14:00 to Tue, 14 Jul 2026, 16:00"
THIRD_QUARTER = "Tue, 1 Jul 2025 to Tue, 30 Sept 2025"
LAST_QUARTER = "Wed, 1 Apr 2026 to Tue, 30 Jun 2026"
LAST_SUMMER = "Sun, 1 Jun 2025 to Sun, 31 Aug 2025"
FIRST_HALF = "Wed, 1 Jan 2025 to Mon, 30 Jun 2025"
FIRST_OF_JULY = "Wed, 1 Jul 2026"


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        (
            FIRST_TO_FIFTH,
            "en-GB 1 to 5 July|en-GB July 1-5, 2026|en-GB 1st–5th of July|en-GB between 1 and 5 July|en-GB 1/7-5/7"
            "|en-US 7/1 to 7/5|de 1.–5. Juli|de vom 1. bis zum 5. Juli|de 01.07.-05.07.|es-ES del 1 al 5 de julio"
            "|es-ES desde el 1 hasta el 5 de julio|fr du 1er au 5 juillet|pt-BR de 1º a 5 de julho"
            "|pt-BR do dia 1 ao dia 5 de julho|hi 1 से 5 जुलाई|hi 1 से 5 जुलाई तक|en-GB 2026-07-01 - 2026-07-05",
        ),
        (
            MONDAY_TO_WEDNESDAY,
            "en-GB from Monday to Wednesday|en-GB Mon-Wed|de von Montag bis Mittwoch|de Mo-Mi"
            "|de zwischen Montag und Mittwoch|es-ES de lunes a miércoles|es-ES entre el lunes y el miércoles"
            "|fr de lundi à mercredi|fr entre lundi et mercredi|pt-BR de segunda a quarta|hi सोमवार से बुधवार तक"
            "|hi सोमवार और बुधवार के बीच",
        ),
        (
            OVER_THE_MONTH,
            "en-GB 30 June to 2 July|de vom 30. Juni bis 2. Juli|es-ES del 30 de junio al 2 de julio"
            "|fr du 30 juin au 2 juillet|pt-BR de 30 de junho a 2 de julho|hi 30 जून से 2 जुलाई तक",
        ),
        (
            FROM_TWO_TO_FOUR,
            "en-GB yesterday from 2 to 4 pm|de gestern von 14 bis 16 Uhr|es-ES ayer de 14h a 16h"
            "|fr hier de 14h à 16h|pt-BR ontem das 14h às 16h",
        ),
        (
            THIRD_QUARTER,
            "en-GB Q3 2025|en-GB third quarter of last year|de drittes Quartal 2025|de 3. Quartal 2025"
            "|es-ES tercer trimestre de 2025|es-ES T3 2025|fr 3ème trimestre 2025|fr troisième trimestre 2025"
            "|pt-BR terceiro trimestre de 2025|hi 2025 की तीसरी तिमाही",
        ),
        (
            LAST_QUARTER,
            "en-GB last quarter|de letztes Quartal|es-ES el trimestre pasado|fr le trimestre dernier"
            "|pt-BR trimestre passado|hi पिछली तिमाही",
        ),
        (
            LAST_SUMMER,
            "en-GB last summer|en-GB summer 2025|de letzten Sommer|es-ES el verano pasado|fr l’été dernier"
            "|pt-BR verão passado|hi पिछली गर्मियों में",
        ),
        (
            FIRST_HALF,
            "en-GB first half of 2025|de erstes Halbjahr 2025|de im 1. Halbjahr 2025|es-ES primer semestre de 2025"
            "|fr premier semestre 2025|pt-BR primeiro semestre de 2025|hi पहली छमाही 2025",
        ),
        (
            FIRST_OF_JULY,
            "en-GB the first of July|de am ersten Juli|es-ES el primero de julio|es-ES el día 1 de julio"
            "|fr premier juillet|pt-BR primeiro de julho",
        ),
    ],
)
def test_ranges_quarters_and_seasons_are_understood_in_each_language(meant: str, written: str) -> None:
    for one in written.split("|"):
        tag, typed = one.split(" ", 1)
        assert shown(tag, typed) == meant, one


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Wednesday to Monday", "Wed, 8 Jul 2026 to Mon, 13 Jul 2026"),
        ("last Monday to last Wednesday", "Mon, 6 Jul 2026 to Wed, 8 Jul 2026"),
        ("Monday to Wednesday last week", "Mon, 6 Jul 2026 to Wed, 8 Jul 2026"),
        ("Monday to 5 July", "Mon, 29 Jun 2026 to Sun, 5 Jul 2026"),
        ("10pm to 2am", "Tue, 14 Jul 2026, 22:00 to Wed, 15 Jul 2026, 02:00"),
        ("yesterday 10pm to 2am", "Tue, 14 Jul 2026, 22:00 to Wed, 15 Jul 2026, 02:00"),
        ("3 to 5 days ago", "Fri, 10 Jul 2026, 12:30 to Sun, 12 Jul 2026, 12:30"),
        ("36 to 48 hours ago", "Mon, 13 Jul 2026, 12:30 to Tue, 14 Jul 2026, 00:30"),
        ("December to January 2026", "Mon, 1 Dec 2025 to Sat, 31 Jan 2026"),
        ("December 2025 to January", "Mon, 1 Dec 2025 to Sat, 31 Jan 2026"),
        ("30 December to 2 January", "Tue, 30 Dec 2025 to Fri, 2 Jan 2026"),
        ("14 July to 20 July", "Tue, 14 Jul 2026 to Mon, 20 Jul 2026"),
        ("early to mid June", "Mon, 1 Jun 2026 to Sat, 20 Jun 2026"),
        ("Q1 to Q3 2025", "Wed, 1 Jan 2025 to Tue, 30 Sept 2025"),
        ("2024 to today", "Mon, 1 Jan 2024 to Wed, 15 Jul 2026"),
        ("2024-2025", "Mon, 1 Jan 2024 to Wed, 31 Dec 2025"),
        ("2025-06 to 2025-08", "Sun, 1 Jun 2025 to Sun, 31 Aug 2025"),
        ("06/2025", "Sun, 1 Jun 2025 to Mon, 30 Jun 2025"),
        ("this quarter", "Wed, 1 Jul 2026 to Wed, 30 Sept 2026"),
        ("two quarters ago", "Wed, 14 Jan 2026, 11:30"),
        ("winter", "Mon, 1 Dec 2025 to Sat, 28 Feb 2026"),
        ("end of summer 2025", "Fri, 1 Aug 2025 to Sun, 31 Aug 2025"),
        ("first half of July", "Wed, 1 Jul 2026 to Wed, 15 Jul 2026"),
        ("in the year 2025", "Wed, 1 Jan 2025 to Wed, 31 Dec 2025"),
        ("the month of July", "Wed, 1 Jul 2026 to Fri, 31 Jul 2026"),
    ],
)
def test_what_one_end_leaves_out_the_other_says(typed: str, meant: str) -> None:
    assert shown("en-GB", typed) == meant


@pytest.mark.parametrize(
    ("tag", "typed", "meant"),
    [
        ("fr", "14h", "Tue, 14 Jul 2026, 14:00"),
        ("fr", "hier à 14h", "Tue, 14 Jul 2026, 14:00"),
        ("fr", "il y a 14h", "Tue, 14 Jul 2026, 22:30"),
        ("fr", "les dernières 14h", "Tue, 14 Jul 2026, 22:30"),
        ("fr", "24h", "Tue, 14 Jul 2026, 12:30"),
        ("pt-BR", "desde as 9h", "Wed, 15 Jul 2026, 09:00"),
        ("pt-BR", "há 9h", "Wed, 15 Jul 2026, 03:30"),
        ("es-ES", "14 h", "Tue, 14 Jul 2026, 14:00"),
        ("en-GB", "14h", "Tue, 14 Jul 2026, 22:30"),
        ("es-ES", "ayer a las 5", "Tue, 14 Jul 2026, 05:00"),
        ("es-ES", "ayer al mediodía", "Tue, 14 Jul 2026, 12:00"),
        ("fr", "hier au soir", "Tue, 14 Jul 2026, 18:00 to Wed, 15 Jul 2026, 00:00"),
        ("hi", "जुलाई के बीच", "Sat, 11 Jul 2026 to Mon, 20 Jul 2026"),
        ("en-GB", "up to Friday", "Fri, 10 Jul 2026"),
    ],
)
def test_a_word_that_may_join_two_ends_or_name_a_time_is_told_by_what_is_around_it(
    tag: str, typed: str, meant: str
) -> None:
    assert shown(tag, typed) == meant


def test_summer_comes_when_it_comes_where_the_server_is() -> None:
    assert shown("pt-BR", "verão passado", "America/Sao_Paulo") == "Mon, 1 Dec 2025 to Sat, 28 Feb 2026"
    assert shown("en-GB", "winter", "Australia/Sydney") == "Mon, 1 Jun 2026 to Mon, 31 Aug 2026"


@pytest.mark.parametrize(
    "typed",
    ["1 to 5", "5 to 1 July", "31 June to 5 July", "whenever to Monday", "to to to", "1 to 32 July"],
)
def test_ends_that_mean_nothing_are_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        understood("en-GB", typed)


def test_a_range_has_both_ends_wherever_it_is_given() -> None:
    begin, end = moment_since("2026-07-01", NOW, ZONE), datetime(2026, 7, 5, 21, 59, 59, 999999, UTC)
    assert moments_between("1 to 5 July", None, NOW, ZONE) == (begin, end)
    assert moments_between("  ", "1 to 5 July", NOW, ZONE) == (begin, end)
    assert moments_between("1 to 5 July", "6 July", NOW, ZONE) == (begin, end + timedelta(days=1))
    assert moments_between("July 2026", None, NOW, ZONE) == (begin, None)
    assert moments_between(None, None, NOW, ZONE) == (None, None)


def test_nobody_is_told_of_something_from_one_day_to_another() -> None:
    with pytest.raises(BadInput):
        period_meant("Monday to Friday", NOW, ZONE, ahead=True)


def _date_written(tag: str, day: date) -> str:
    with speaking(language_of(tag)):
        month = month_names()[day.month - 1]
    return {"es": f"{day.day} de {month} de {day.year}", "pt_BR": f"{day.day} de {month} de {day.year}"}.get(
        TAGS[tag], f"{day.day} {month} {day.year}"
    )


@given(
    st.sampled_from(sorted(TAGS)),
    st.dates(date(2000, 1, 1), date(2026, 7, 14)),
    st.integers(0, 400),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
    st.data(),
)
def test_from_any_day_to_any_other_is_understood_in_every_way_of_writing_it(
    tag: str, first: date, days: int, zone: str, data: st.DataObject
) -> None:
    last = first + timedelta(days=days)
    ways = [*RANGES[TAGS[tag]], *MAYBE_RANGES.get(TAGS[tag], ()), "* - *", "*–*"]
    before, between, after = data.draw(st.sampled_from(ways)).split("*")
    meant = understood(tag, f"{before}{_date_written(tag, first)}{between}{_date_written(tag, last)}{after}", zone)
    assert meant.start.astimezone(ZoneInfo(zone)).date() == first
    assert (meant.end - timedelta(hours=1)).astimezone(ZoneInfo(zone)).date() == last


@given(st.sampled_from(sorted(TAGS)), st.integers(0, 6), st.integers(0, 6), st.data())
def test_from_a_weekday_to_another_is_the_latest_time_that_has_ended(
    tag: str, first: int, last: int, data: st.DataObject
) -> None:
    with speaking(language_of(tag)):
        names = weekday_names()
    before, between, after = data.draw(st.sampled_from(RANGES[TAGS[tag]])).split("*")
    meant = understood(tag, f"{before}{names[first]}{between}{names[last]}{after}", "UTC")
    assert (meant.start.weekday(), (meant.end - timedelta(1)).weekday()) == (first, last)
    assert timedelta(0) < meant.end - meant.start <= timedelta(days=7)
    assert meant.end <= NOW + timedelta(days=1)
