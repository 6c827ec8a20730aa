"""Days, weeks and other periods as people write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from bot.services.typed_periods import SINCE_WORDS, moment_since, moment_until, period_meant, shown_period
from bot.text.time_zones import COMMON_ZONES

NOW = datetime(2026, 7, 15, 10, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Monday", "Mon, 13 Jul 2026"),
        ("on wed", "Wed, 15 Jul 2026"),
        ("last Wednesday", "Wed, 8 Jul 2026"),
        ("wendesday", "Wed, 15 Jul 2026"),
        ("1 July 2026", "Wed, 1 Jul 2026"),
        ("July 1st, 2026", "Wed, 1 Jul 2026"),
        ("Wednesday, 1 July", "Wed, 1 Jul 2026"),
        ("2 August", "Sat, 2 Aug 2025"),
        ("July 2026", "Wed, 1 Jul 2026 to Fri, 31 Jul 2026"),
        ("sept", "Mon, 1 Sept 2025 to Tue, 30 Sept 2025"),
        ("2025", "Wed, 1 Jan 2025 to Wed, 31 Dec 2025"),
        ("29 feb", "Thu, 29 Feb 2024"),
        ("last month", "Mon, 1 Jun 2026 to Tue, 30 Jun 2026"),
        ("last weekend", "Sat, 11 Jul 2026 to Sun, 12 Jul 2026"),
        ("a week", "Wed, 8 Jul 2026, 12:30"),
        ("two weeks ago", "Wed, 1 Jul 2026, 12:30"),
        ("a few days", "Sun, 12 Jul 2026, 12:30"),
        ("30.11.2025", "Sun, 30 Nov 2025"),
        ("30.11.", "Sun, 30 Nov 2025"),
        ("1.7.26", "Wed, 1 Jul 2026"),
        ("30/11/2025", "Sun, 30 Nov 2025"),
    ],
)
def test_dates_are_read_in_every_way_in_which_people_write_them(typed: str, shown: str) -> None:
    assert shown_period(period_meant(typed, NOW, "Europe/Berlin"), "Europe/Berlin") == shown


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("de", "die Woche"),
        ("de", "die letzten Tage"),
        ("de", "seit der Wahl"),
        ("en-GB", "the last days"),
        ("en-GB", "recently"),
        ("en-GB", "Monday or Tuesday"),
        ("en-GB", "3 days next to the sea"),
        ("en-GB", "yesterday 25 o'clock"),
        ("en-GB", "13 pm ago"),
        ("es-ES", "el otro día"),
        ("fr", "ces derniers mois"),
        ("fr", "depuis les élections"),
        ("hi", "चुनाव के बाद से"),
    ],
)
def test_what_may_mean_several_periods_or_none_is_refused(locale: str, typed: str) -> None:
    with speaking(language_of(locale)), pytest.raises(BadInput):
        period_meant(typed, NOW, "Europe/Berlin", locale)


_HALF_AN_HOUR = "Wed, 15 Jul 2026, 12:00"
_THREE_DAYS = "Sun, 12 Jul 2026, 12:30"
_LAST_NIGHT = "Tue, 14 Jul 2026, 18:00 to Wed, 15 Jul 2026, 06:00"
_YESTERDAY_EVENING = "Tue, 14 Jul 2026, 18:00 to Wed, 15 Jul 2026, 00:00"
_THIS_MORNING = "Wed, 15 Jul 2026, 05:00 to Wed, 15 Jul 2026, 12:00"
_AT_FIVE = "Tue, 14 Jul 2026, 17:00"
_LAST_WEEKEND = "Sat, 11 Jul 2026 to Sun, 12 Jul 2026"
_MONDAY_BEFORE = "Mon, 6 Jul 2026"
_LAST_WEEK = "Mon, 6 Jul 2026 to Sun, 12 Jul 2026"
_MID_JUNE = "Thu, 11 Jun 2026 to Sat, 20 Jun 2026"
_NEW_YEAR = "Thu, 1 Jan 2026"


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        (
            _THREE_DAYS,
            "en past 72 hours|en in the last three days|de drei Tage|de die letzten drei Tage|de seit drei Tagen"
            "|es hace tres días|es los últimos 3 días|fr les 3 derniers jours|fr il y a trois jours"
            "|fr ces trois derniers jours|pt-BR nos últimos três dias|pt-BR 3 dias atrás|hi तीन दिन पहले"
            "|hi पिछले ३ दिनों में",
        ),
        (
            _HALF_AN_HOUR,
            "en half an hour ago|en 30min|de vor einer halben Stunde|es hace media hora|fr il y a une demi-heure"
            "|pt-BR há meia hora|hi आधे घंटे पहले",
        ),
        (
            _LAST_NIGHT,
            "en last night|de letzte Nacht|de heute Nacht|es anoche|fr cette nuit|pt-BR ontem à noite|hi कल रात",
        ),
        (_YESTERDAY_EVENING, "en yesterday evening|de gestern Abend|de Dienstagabend|fr hier soir|hi कल शाम"),
        (
            _THIS_MORNING,
            "en this morning|de heute früh|de heute Morgen|es esta mañana|fr ce matin"
            "|pt-BR hoje de manhã|hi आज सुबह",
        ),
        (
            _AT_FIVE,
            "en yesterday at 5 p.m.|de gestern um 17 Uhr|de gestern 17:00|es ayer a las 5 de la tarde"
            "|fr hier à 17h|fr hier à 17 heures|fr hier 5h du soir|fr hier à 17 h 00"
            "|hi कल दोपहर 5 बजे|pt-BR ontem às 17h|hi कल शाम 5 बजे",
        ),
        (
            _LAST_WEEKEND,
            "en since the weekend|de letztes Wochenende|es el fin de semana pasado|fr le week-end dernier"
            "|pt-BR fim de semana passado|hi पिछले सप्ताहांत",
        ),
        (
            _MONDAY_BEFORE,
            "en Monday last week|de Montag letzter Woche|es lunes de la semana pasada"
            "|fr lundi de la semaine dernière",
        ),
        (
            _LAST_WEEK,
            "de vergangene Woche|es la semana pasada|fr la semaine dernière|pt-BR semana passada|hi पिछले हफ़्ते",
        ),
        (
            _MID_JUNE,
            "en mid-June|de Mitte Juni|es mediados de junio|fr mi-juin|pt-BR meados de junho|hi जून के मध्य",
        ),
        (_NEW_YEAR, "en since New Year|de Neujahr|es Año Nuevo|fr le nouvel an|fr jour de l’an|pt-BR ano novo"),
    ],
)
def test_periods_are_understood_in_the_words_of_each_language(shown: str, written: str) -> None:
    for one in written.split("|"):
        tag, typed = one.split(" ", 1)
        with speaking(language_of(tag)):
            meant = period_meant(typed, NOW, "Europe/Berlin", tag)
        assert shown_period(meant, "Europe/Berlin") == shown, one


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13:00", "Tue, 14 Jul 2026, 13:00"),
        ("since 9am", "Wed, 15 Jul 2026, 09:00"),
        ("noon", "Wed, 15 Jul 2026, 12:00"),
        ("midnight", "Wed, 15 Jul 2026, 00:00"),
        ("evening", _YESTERDAY_EVENING),
        ("Monday afternoon", "Mon, 13 Jul 2026, 12:00 to Mon, 13 Jul 2026, 18:00"),
        ("1 July at 9:15", "Wed, 1 Jul 2026, 09:15"),
        ("2026-07-01 14:00", "Wed, 1 Jul 2026, 14:00"),
        ("last Christmas", "Thu, 25 Dec 2025"),
        ("last July", "Tue, 1 Jul 2025 to Thu, 31 Jul 2025"),
        ("January last year", "Wed, 1 Jan 2025 to Fri, 31 Jan 2025"),
        ("the week before last", "Mon, 29 Jun 2026 to Sun, 5 Jul 2026"),
        ("the start of the year", "Thu, 1 Jan 2026 to Tue, 31 Mar 2026"),
        ("end of last year", "Wed, 1 Oct 2025 to Wed, 31 Dec 2025"),
        ("the previous week", _LAST_WEEK),
        ("end of February 2024", "Tue, 20 Feb 2024 to Thu, 29 Feb 2024"),
    ],
)
def test_of_what_comes_again_the_latest_is_meant_and_it_is_shown(typed: str, shown: str) -> None:
    assert shown_period(period_meant(typed, NOW, "Europe/Berlin"), "Europe/Berlin") == shown


def test_a_time_that_the_clocks_skip_is_no_error() -> None:
    after_the_change = datetime(2026, 3, 29, 10, tzinfo=UTC)
    assert moment_since("2:30", after_the_change, "Europe/Berlin") < after_the_change
    assert moment_since("last night", after_the_change, "Europe/Berlin") < after_the_change


def test_the_order_of_a_numeric_date_is_that_of_the_reader() -> None:
    assert shown_period(period_meant("3/4/2026", NOW, "UTC", "en-US"), "UTC") == "Wed, 4 Mar 2026"
    assert shown_period(period_meant("3/4/2026", NOW, "UTC", "en-GB"), "UTC") == "Fri, 3 Apr 2026"
    assert shown_period(period_meant("3.4.2026", NOW, "UTC", "en-US"), "UTC") == "Fri, 3 Apr 2026"
    # there is no 30th month
    assert shown_period(period_meant("30/11/2025", NOW, "UTC", "en-US"), "UTC") == "Sun, 30 Nov 2025"
    assert shown_period(period_meant("11/30/2025", NOW, "UTC", "de"), "UTC") == "Sun, 30 Nov 2025"


def test_until_a_day_includes_it_and_until_a_moment_ends_there() -> None:
    assert moment_until("yesterday", NOW, "UTC") == datetime(2026, 7, 14, 23, 59, 59, 999999, UTC)
    assert moment_until("June 2026", NOW, "UTC") == datetime(2026, 6, 30, 23, 59, 59, 999999, UTC)
    assert moment_until("a week ago", NOW, "UTC") == NOW - timedelta(weeks=1)


@pytest.mark.parametrize(
    ("typed", "timezone", "meant"),
    [
        ("today", "UTC", datetime(2026, 7, 15, tzinfo=UTC)),
        ("today", "Asia/Tokyo", datetime(2026, 7, 14, 15, tzinfo=UTC)),
        ("Yesterday", "Europe/Berlin", datetime(2026, 7, 13, 22, tzinfo=UTC)),
        ("this week", "UTC", datetime(2026, 7, 13, tzinfo=UTC)),
        ("last week", "UTC", datetime(2026, 7, 6, tzinfo=UTC)),
        ("this month", "UTC", datetime(2026, 7, 1, tzinfo=UTC)),
        ("last month", "UTC", datetime(2026, 6, 1, tzinfo=UTC)),
        ("this year", "UTC", datetime(2026, 1, 1, tzinfo=UTC)),
        ("24 hours", "UTC", NOW - timedelta(hours=24)),
        ("24h", "UTC", NOW - timedelta(hours=24)),
        ("last 3 days", "UTC", NOW - timedelta(days=3)),
        ("2 weeks ago", "UTC", NOW - timedelta(weeks=2)),
        ("since 90 minutes", "UTC", NOW - timedelta(minutes=90)),
        ("9999 years", "UTC", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2026-07-01", "UTC", datetime(2026, 7, 1, tzinfo=UTC)),
        ("2026-07-01", "America/New_York", datetime(2026, 7, 1, 4, tzinfo=UTC)),
        ("2026-07-01t09:30+02:00", "UTC", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
        ("0001-01-01", "Asia/Tokyo", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_since_is_read_as_people_write_it(typed: str, timezone: str, meant: datetime) -> None:
    assert moment_since(typed, NOW, timezone) == meant


def test_a_week_begins_at_local_midnight_though_the_clocks_have_changed_since() -> None:
    after_the_change = datetime(2026, 3, 30, 12, tzinfo=UTC)  # the clocks changed on Sunday, March 29
    begin = moment_since("last week", after_the_change, "Europe/Berlin")
    assert begin.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2026-03-23T00:00:00+01:00"


@pytest.mark.parametrize(
    "typed", ["soon", "2026-13-01", "31 Feb 2026", "31.02.2026", "3 parsecs", "today or so", "9999", "July July"]
)
def test_what_is_no_moment_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(BadInput, match="Write today, Monday, 3 days, last month"):
        moment_since(typed, NOW, "UTC")


@pytest.mark.parametrize("typed", ["2026-07-16", "2027-01-01", "9999-12-31"])
def test_the_future_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="is in the future"):
        moment_since(typed, NOW, "Pacific/Apia")


def test_every_suggested_moment_is_understood() -> None:
    for words in SINCE_WORDS:
        assert moment_since(words, NOW, "Europe/Berlin") < NOW


@pytest.mark.parametrize(
    ("tag", "typed", "english"),
    [
        ("de", "vor 3 Tagen", "3 days"),
        ("de", "2 Wochen", "2 weeks"),
        ("de", "seit gestern", "yesterday"),
        ("de", "am Mittwoch", "Wednesday"),
        ("de", "letzten Montag", "Monday"),
        ("es-ES", "hace 3 dias", "3 days"),
        ("es-ES", "el miercoles", "Wednesday"),
        ("es-419", "desde ayer", "yesterday"),
        ("fr", "aujourd’hui", "today"),
        ("fr", "il y a 2 mois", "2 months"),
        ("fr", "1er juillet 2026", "1 July 2026"),
        ("pt-BR", "há 3 dias", "3 days"),
        ("pt-BR", "segunda", "Monday"),
        ("pt-BR", "mes passado", "last month"),
        ("hi", "३ दिन", "3 days"),
        ("hi", "2 घंटे पहले", "2 hours"),
    ],
)
def test_what_people_write_in_their_language_is_understood(tag: str, typed: str, english: str) -> None:
    with speaking(language_of(tag)):
        assert moment_since(typed, NOW, "Europe/Berlin", tag) == moment_since(english, NOW, "Europe/Berlin")


@pytest.mark.parametrize(("tag", "typed"), [("de", "morgen"), ("de", "morgen bis Freitag"), ("es-ES", "mañana")])
def test_what_is_no_past_day_in_a_language_is_refused(tag: str, typed: str) -> None:
    with speaking(language_of(tag)), pytest.raises(BadInput):
        moment_since(typed, NOW, "Europe/Berlin", tag)


@given(
    st.text(max_size=60),
    st.sampled_from(COMMON_ZONES),
    st.sampled_from(["", "en-US", "de", "es-ES", "fr", "hi", "pt-BR"]),
)
def test_anything_typed_is_either_understood_or_refused(typed: str, timezone: str, locale: str) -> None:
    for read in (moment_since, moment_until):
        try:
            with speaking(language_of(locale)):
                read(typed, NOW, timezone, locale)
        except BadInput as error:
            assert len(error.message) < 400


@given(st.dates(date(2000, 1, 1), date(2026, 7, 14)), st.sampled_from(COMMON_ZONES))
def test_a_written_date_is_that_day_where_the_server_is(day: date, timezone: str) -> None:
    start = moment_since(f"{day.day} {day:%B} {day.year}", NOW, timezone)
    assert start.astimezone(ZoneInfo(timezone)).date() == day
