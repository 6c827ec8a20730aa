"""Time zones as people name them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from bot.text.time_zones import (
    COMMON_ZONES,
    matching_zones,
    shown_zone,
    similar_names,
    time_there,
    zone_label,
    zone_names,
    zones_named,
)

SUMMER, WINTER = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New York City", None),
        ("Mumbai", "Asia/Kolkata"),
        ("münchen", "Europe/Berlin"),
        ("St. Louis", "America/Chicago"),
        ("California", "America/Los_Angeles"),
        ("Germany", "Europe/Berlin"),
        ("India", "Asia/Kolkata"),
        ("UK", "Europe/London"),
        ("Türkiye", "Europe/Istanbul"),
        ("Turkey", "Europe/Istanbul"),
        ("Korea", "Asia/Seoul"),
        ("Ukraine", "Europe/Kyiv"),
        ("Spain", "Europe/Madrid"),
        ("GB", "Europe/London"),
        ("US/Eastern", "America/New_York"),
        ("Calcutta", "Asia/Kolkata"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("Mars", None),
        ("", None),
    ],
)
def test_a_zone_is_known_by_its_name_a_city_a_country_or_a_region_in_any_case(
    typed: str, meant: str | None
) -> None:
    assert zones_named(typed) == ((meant,) if meant else ())


@pytest.mark.parametrize(
    ("typed", "summer", "winter"),
    [
        ("EST", "08:00", "07:00"),
        ("PT", "05:00", "04:00"),
        ("CET", "14:00", "13:00"),
        ("BST", "13:00", "12:00"),
        ("IST", "17:30", "17:30"),
        ("AEST", "22:00", "23:00"),
    ],
)
def test_an_abbreviation_means_the_clocks_of_those_who_use_it_with_summer_time(
    typed: str, summer: str, winter: str
) -> None:
    (zone,) = zones_named(typed)
    assert (time_there(zone, SUMMER), time_there(zone, WINTER)) == (summer, winter)


@pytest.mark.parametrize(
    ("typed", "there", "shown"),
    [
        ("GMT+2", "14:00", "UTC+2"),
        ("UTC+02:00", "14:00", "UTC+2"),
        ("+2", "14:00", "UTC+2"),
        ("utc -5", "07:00", "UTC−5"),
        ("UTC−5", "07:00", "UTC−5"),
        ("gmt+14", "02:00", "UTC+14"),
        ("UTC+0", "12:00", "UTC"),
        ("+5:30", "17:30", "Asia/Kolkata"),
        ("GMT+0545", "17:45", "Asia/Kathmandu"),
        ("-9:30", "02:30", "Pacific/Marquesas"),
    ],
)
def test_a_distance_from_utc_is_meant_as_it_is_written(typed: str, there: str, shown: str) -> None:
    (zone,) = zones_named(typed)
    assert time_there(zone, SUMMER) == there
    assert shown_zone(zone) == shown


@pytest.mark.parametrize("typed", ["UTC+15", "UTC-13", "+1:17", "+99:99"])
def test_a_distance_that_no_place_has_is_no_zone(typed: str) -> None:
    assert zones_named(typed) == ()


def test_a_country_with_several_clocks_gives_one_zone_for_each_largest_cities_first() -> None:
    assert zones_named("USA")[:2] == ("America/New_York", "America/Chicago")
    assert "America/Phoenix" in zones_named("USA")
    assert "America/Detroit" not in zones_named("USA")  # the clocks of New York
    assert zones_named("Russia")[0] == "Europe/Moscow"


def test_every_zone_of_the_database_is_understood_with_the_clocks_that_it_has() -> None:
    assert {*COMMON_ZONES} <= {*zone_names()}
    for name in zone_names():
        (zone,) = zones_named(name)
        if "/" in name and not name.startswith("Etc/GMT"):
            assert time_there(zone, SUMMER) == time_there(name, SUMMER), name
            assert time_there(zone, WINTER) == time_there(name, WINTER), name


def test_zones_for_experts_are_never_suggested() -> None:
    for typed in ("", "g", "gmt", "etc", "e", "u", "+", "m"):
        for found in matching_zones(typed, 25):
            assert not found.zone.startswith("Etc/")
            assert found.zone == "UTC" or "/" in found.zone


def test_zones_are_suggested_by_any_name_and_a_typing_error_is_forgiven() -> None:
    assert [found.zone for found in matching_zones("", 3)] == list(COMMON_ZONES[:3])
    assert matching_zones("ber", 25)[0].zone == "Europe/Berlin"
    assert matching_zones("berln", 25)[0].zone == "Europe/Berlin"
    assert "America/New_York" in {found.zone for found in matching_zones("new y", 25)}
    assert zone_label(matching_zones("germa", 25)[0]) == "Germany: Europe/Berlin"
    assert zone_label(matching_zones("berlin", 25)[0]) == "Europe/Berlin"
    assert zone_label(matching_zones("gmt+2", 25)[0]) == "UTC+2"
    assert len(matching_zones("a", 25)) == 25
    assert matching_zones("nowhere at all", 25) == []
    assert similar_names("x") == []


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_zone_or_none_and_suggestions_can_be_used(typed: str) -> None:
    for zone in zones_named(typed):
        assert time_there(zone, SUMMER)
    for found in matching_zones(typed, 25):
        assert zones_named(found.zone)


@pytest.mark.parametrize(
    ("tag", "typed", "zone"),
    [
        ("es-ES", "Londres", "Europe/London"),
        ("es-419", "nueva york", "America/New_York"),
        ("fr", "Allemagne", "Europe/Berlin"),
        ("pt-BR", "Índia", "Asia/Kolkata"),
        ("de", "Mailand", "Europe/Rome"),
        ("hi", "भारत", "Asia/Kolkata"),
    ],
)
def test_countries_and_cities_are_known_by_their_names_in_the_spoken_language(
    tag: str, typed: str, zone: str | None
) -> None:
    with speaking(language_of(tag)):
        assert zones_named(typed) == ((zone,) if zone else ())
    assert zones_named("Londres") == ()
