"""Suggested names are kept for some seconds."""

from datetime import UTC, datetime, timedelta

from bot.services.kept_suggestions import KEPT_FOR, KeptSuggestions

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
GUILD, OTHER = 1, 2


def test_who_types_the_same_soon_after_gets_the_same_names() -> None:
    kept = KeptSuggestions()
    assert kept.find(GUILD, "ba", NOW) is None
    kept.keep(GUILD, "ba", ["Jo Bale", "Barry Ode"], NOW)
    assert kept.find(GUILD, "BA", NOW + timedelta(seconds=5)) == ["Jo Bale", "Barry Ode"]
    assert kept.find(GUILD, "bal", NOW) is None


def test_names_of_one_server_are_not_suggested_in_another() -> None:
    kept = KeptSuggestions()
    kept.keep(GUILD, "ba", ["Jo Bale"], NOW)
    assert kept.find(OTHER, "ba", NOW) is None


def test_they_are_looked_up_again_after_that_time_and_when_the_clock_was_set_back() -> None:
    kept = KeptSuggestions()
    kept.keep(GUILD, "ba", ["Jo Bale"], NOW)
    assert kept.find(GUILD, "ba", NOW + KEPT_FOR) is None
    assert kept.find(GUILD, "ba", NOW - timedelta(seconds=1)) is None


def test_nothing_is_kept_for_a_server_without_names_or_after_a_change() -> None:
    kept = KeptSuggestions()
    kept.keep(GUILD, "ba", ["Jo Bale"], NOW)
    kept.keep(GUILD, "ba", [], NOW)
    assert kept.find(GUILD, "ba", NOW) is None
    kept.keep(GUILD, "ba", ["Jo Bale"], NOW)
    kept.forget()
    assert kept.find(GUILD, "ba", NOW) is None


def test_of_too_many_the_oldest_are_forgotten() -> None:
    kept = KeptSuggestions(most=2)
    for typed in ("a", "b", "a", "c"):
        kept.keep(GUILD, typed, [typed], NOW)
    assert [kept.find(GUILD, typed, NOW) for typed in ("a", "b", "c")] == [["a"], None, ["c"]]
