"""Times of day and time zones as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.services.typed_times import clock_time, quoted, zone_name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:00", time(9)),
        (" 9:30 ", time(9, 30)),
        ("18.05", time(18, 5)),
        ("21h15", time(21, 15)),
        ("7", time(7)),
        ("9 am", time(9)),
        ("9:30 pm", time(21, 30)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert clock_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "9:60", "13 pm", "0 am", "noon", "", "09:00:00", "９:００x", "-1"])
def test_what_is_no_time_of_day_is_refused_with_the_accepted_form(typed: str) -> None:
    with pytest.raises(BadInput, match=r"not a time of day. Write it as 09:00 or 18:30"):
        clock_time(typed)


def test_a_misspelt_time_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean Europe/Berlin"):
        zone_name("Europe/Berln")
    with pytest.raises(BadInput, match="such as Berlin or India"):
        zone_name("qqqqqqqqqqqqqqqqqq")


def test_a_country_with_several_time_zones_is_answered_with_what_there_is() -> None:
    with pytest.raises(BadInput, match="“USA” has several time zones: America/New_York, America/Chicago,"):
        zone_name("USA")


@given(st.text(max_size=60))
def test_anything_typed_is_either_understood_or_refused(typed: str) -> None:
    for read in (clock_time, zone_name):
        try:
            read(typed)
        except BadInput as error:
            assert len(error.message) < 400


@given(st.text())
def test_what_a_user_typed_is_shown_back_short_and_without_markup(typed: str) -> None:
    shown = quoted(typed)
    assert len(shown) <= 62
    assert not set("@*`<>[]()|~#\\\n") & set(shown)
    assert len(shown) > 2


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("दिल्ली", "“दिल्ली”"),
        ("Zu\u0308rich", "“Zu\u0308rich”"),
        ("☃\ufe0f", "“…”"),
        ("*दिन*\u0301", "“दिन”"),
    ],
)
def test_vowel_signs_and_accents_are_shown_back_with_their_letters(typed: str, shown: str) -> None:
    assert quoted(typed) == shown


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin, Germany", "Europe/Berlin"),
        ("Paris, Texas", None),
        ("Munich, Bavaria, Germany", None),
        ("Toronto, Canada", "America/Toronto"),
        ("Berlin, nowhere", None),
        ("दिल्ली", "Asia/Kolkata"),
        ("Genève", "Europe/Zurich"),
        ("Mailand", "Europe/Rome"),
    ],
)
def test_a_city_with_its_country_or_by_its_name_in_another_language_is_found(typed: str, zone: str | None) -> None:
    if zone is None:
        with pytest.raises(BadInput):
            zone_name(typed)
    else:
        assert zone_name(typed) == zone
