"""Dates are read as they were meant, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import moment_of
from bot.feeds.locality import NOWHERE, Locality, locality_of
from tests.unit.feeds.date_texts import DATES

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SECONDS = st.integers(int(datetime(1991, 1, 1, tzinfo=UTC).timestamp()), int(NOW.timestamp()))
MOMENTS = SECONDS.map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))
LANGUAGES = st.sampled_from([None, "en", "en-us", "en-gb", "de", "fr", "zh-cn", "hi", "ru", "pl", "th", "xx"])


def offset_text(offset: timedelta, colon: str) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}{colon}{minutes % 60:02}"


@pytest.mark.parametrize(("text", "moment", "language"), DATES)
def test_a_date_of_a_feed_is_read_as_it_was_meant_or_not_at_all(
    text: str, moment: str | None, language: str | None
) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None
    assert moment_of(text, NOW, locality_of(language) if language else NOWHERE) == expected


@pytest.mark.parametrize(
    ("text", "site", "moment"),
    [
        ("29 Nov 2026 10:00 IST", "https://paper.example.in/", "2026-11-29T04:30"),
        ("29 Nov 2026 10:00 IST", "https://paper.example.co.il/", "2026-11-29T08:00"),
        ("29 Jul 2026 10:00 BST", "https://www.paper.co.uk/", "2026-07-29T09:00"),
        ("29 Nov 2026 10:00 CST", "https://news.example.cn/", "2026-11-29T02:00"),
        ("29 Nov 2026 10:00 EST", "https://abc.example.net.au/", "2026-11-29T00:00"),
        ("29 Nov 2026 10:00 IST", "https://news.example.com/", None),
        ("29 Nov 2026 10:00 IST", "https://news.example.tv/", None),
        ("05/11/2026", "https://paper.example.co.uk/", "2026-11-05T00:00"),
    ],
)
def test_the_outlet_decides_what_a_zone_or_an_order_means(text: str, site: str, moment: str | None) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None
    assert moment_of(text, NOW, locality_of("en", site)) == expected


def test_if_language_and_outlet_contradict_each_other_both_must_agree() -> None:
    locality = locality_of("en-us", "https://paper.example.co.uk/")
    assert locality == Locality("en-us", frozenset({"US", "GB"}))
    assert moment_of("05/11/2026", NOW, locality) is None
    assert moment_of("29 Jul 2026 10:00 BST", NOW, locality) == datetime(2026, 7, 29, 9, tzinfo=UTC)
    indian = locality_of("en-us", "https://paper.example.in/")
    assert moment_of("29 Nov 2026 10:00 IST", NOW, indian) == datetime(2026, 11, 29, 4, 30, tzinfo=UTC)
    chinese = locality_of("en-us", "https://paper.example.cn/")
    assert moment_of("29 Nov 2026 10:00 CST", NOW, chinese) is None
    australian = locality_of("en-us", "https://paper.example.com.au/")
    assert moment_of("29 Nov 2026 10:00 EST", NOW, australian) is None


@given(MOMENTS, OFFSETS, st.sampled_from(["", ":"]), LANGUAGES)
def test_a_date_with_an_offset_is_read_exactly_in_any_form_and_language(
    moment: datetime, offset: timedelta, colon: str, language: str | None
) -> None:
    local, zone = moment + offset, offset_text(offset, colon)
    english = (
        "%a, %d %b %Y %H:%M:%S",
        "%d %B %Y %H:%M:%S",
        "%b %d, %Y %I:%M:%S %p",
        "%A, %B %d, %Y at %I:%M:%S %p",
    )
    forms = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%dT%H%M%S", *english)
    for form in forms:
        text = f"{local:{form}} {zone}" if " " in form else f"{local:{form}}{zone}"
        assert moment_of(text, NOW, locality_of(language)) == moment, text


@given(MOMENTS, LANGUAGES)
def test_an_order_of_numbers_is_never_guessed(moment: datetime, language: str | None) -> None:
    day = moment.date()
    found = moment_of(f"{moment:%d/%m/%Y}", NOW, locality_of(language))
    swapped = {(day.day, day.month), (day.month, day.day)}
    assert found is None or (found.day, found.month) in swapped
    if language is None and day.day <= 12 and day.day != day.month:
        assert found is None


@given(st.text(max_size=150), LANGUAGES)
def test_any_text_is_a_moment_of_the_past_or_none(text: str, language: str | None) -> None:
    moment = moment_of(text, NOW, locality_of(language))
    assert moment is None or (moment <= NOW and moment.utcoffset() == timedelta(0))


PIECES = st.sampled_from(
    [part for text, _, _ in DATES for part in text.split()] + ["\u200f", "\x00", "🙂", "-", ":"]
)


@given(st.lists(PIECES, max_size=12).map(" ".join), LANGUAGES)
def test_any_mixture_of_the_parts_of_dates_is_a_moment_of_the_past_or_none(
    text: str, language: str | None
) -> None:
    moment = moment_of(text, NOW, locality_of(language))
    assert moment is None or moment <= NOW


@given(
    st.sampled_from([text for text, moment, _ in DATES if moment]),
    st.text(st.characters(categories=["Lu"]), min_size=6),
)
def test_a_text_that_is_not_understood_in_full_is_no_date(text: str, word: str) -> None:
    assert moment_of(f"{text} QX{word}", NOW) is None


@pytest.mark.parametrize("text", ["1" * 5000, "Nov " * 2000, "(" * 5000, "29.11." * 1000, "a" * 100, " " * 9999])
def test_a_long_text_is_no_date(text: str) -> None:
    assert moment_of(text, NOW) is None
