"""Suggested names are kept for some seconds, and looked up once for all who type the same."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import TooSlow
from bot.services.kept_suggestions import KEPT_FOR, KeptSuggestions

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
GUILD, OTHER = 1, 2


class Search:
    """A search that finds some names, counts how often it ran, and can be held up."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.runs = 0
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def __call__(self) -> Sequence[str]:
        """Return the names."""
        self.runs += 1
        await self.may_end.wait()
        return self.names


async def test_who_types_the_same_soon_after_gets_the_same_names() -> None:
    kept, search = KeptSuggestions(), Search("Jo Bale", "Barry Ode")
    assert await kept.names(GUILD, "ba", NOW, search) == ["Jo Bale", "Barry Ode"]
    assert await kept.names(GUILD, "BA", NOW + timedelta(seconds=5), search) == ["Jo Bale", "Barry Ode"]
    assert search.runs == 1
    await kept.names(GUILD, "bal", NOW, search)
    assert search.runs == 2


async def test_names_of_one_server_are_not_suggested_in_another() -> None:
    kept = KeptSuggestions()
    await kept.names(GUILD, "ba", NOW, Search("Jo Bale"))
    assert await kept.names(OTHER, "ba", NOW, Search("Barry Ode")) == ["Barry Ode"]


@pytest.mark.parametrize("later", [KEPT_FOR, -timedelta(seconds=1)])
async def test_they_are_looked_up_again_after_that_time_and_when_the_clock_was_set_back(later: timedelta) -> None:
    kept = KeptSuggestions()
    await kept.names(GUILD, "ba", NOW, Search("Jo Bale"))
    assert await kept.names(GUILD, "ba", NOW + later, Search("Barry Ode")) == ["Barry Ode"]


async def test_nothing_is_kept_for_a_server_without_names_or_after_a_change() -> None:
    kept = KeptSuggestions()
    await kept.names(GUILD, "ba", NOW, Search())
    assert await kept.names(GUILD, "ba", NOW, Search("Jo Bale")) == ["Jo Bale"]
    kept.forget()
    assert await kept.names(GUILD, "ba", NOW, Search("Barry Ode")) == ["Barry Ode"]


async def test_of_too_many_the_oldest_are_forgotten() -> None:
    kept = KeptSuggestions(most=2)
    searches = {typed: Search(typed) for typed in ("a", "b", "c")}
    for typed in ("a", "b", "c", "b", "a"):
        await kept.names(GUILD, typed, NOW, searches[typed])
    assert {typed: search.runs for typed, search in searches.items()} == {"a": 2, "b": 1, "c": 1}


async def test_many_who_type_the_same_at_once_cause_one_search() -> None:
    kept, search = KeptSuggestions(), Search("Jo Bale")
    found = await asyncio.gather(*(kept.names(GUILD, "ba", NOW, search) for _ in range(50)))
    assert found == [["Jo Bale"]] * 50
    assert search.runs == 1


async def test_if_the_search_fails_the_others_who_wait_for_it_search_themselves() -> None:
    kept, search = KeptSuggestions(), Search("Jo Bale")

    async def give_up() -> Sequence[str]:
        await asyncio.sleep(0)
        raise TooSlow

    first, second = await asyncio.gather(
        kept.names(GUILD, "ba", NOW, give_up), kept.names(GUILD, "ba", NOW, search), return_exceptions=True
    )
    assert isinstance(first, TooSlow)
    assert second == ["Jo Bale"]


async def test_what_is_found_while_somebody_is_hidden_is_not_kept() -> None:
    kept, before = KeptSuggestions(), Search("Hidden Name")
    before.may_end.clear()
    asking = asyncio.create_task(kept.names(GUILD, "hid", NOW, before))
    await asyncio.sleep(0)
    kept.forget()
    before.may_end.set()
    await asking
    assert await kept.names(GUILD, "hid", NOW, Search()) == []
