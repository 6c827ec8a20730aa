"""`actors`: who is who, put right by the host for all servers."""

import json
from pathlib import Path

import pytest

from bot.event_loop import run_async
from bot.store import open_store
from tests.factories import an_article, said, stored_article
from tests.integration.cli.conftest import Command


@pytest.fixture(autouse=True)
def printed(folder: Path) -> None:
    """Store what three actors say, numbered from 1."""
    (folder / "data").mkdir()

    async def print_articles() -> None:
        async with open_store(f"sqlite:///{folder / 'data' / 'hearsay.db'}") as store:
            for actor, content in (
                ("Ada Quist", "The dam is safe"),
                ("Adelaide Quist", "The gate opens"),
                ("Ada Quist", "I won the race"),
            ):
                text, extraction = said(content, actor)
                await stored_article(store, article=an_article(text=text), extraction=extraction)

    run_async(print_articles())


def spoken(hearsay: Command, *about: str) -> dict[str, str]:
    lines = hearsay("said", *about, "--json").stdout.splitlines()
    return {row["content_text"]: row["actor"] for row in map(json.loads, lines)}


def test_actors_are_found_merged_renamed_and_as_before_after_the_undo(hearsay: Command) -> None:
    before = spoken(hearsay)
    assert hearsay("actors", "find", "quis").stdout.splitlines() == ["1 · Ada Quist", "2 · Adelaide Quist"]
    assert "actors undo 1" in hearsay("actors", "merge", "2", "1").stdout
    assert set(spoken(hearsay, "Adelaide Quist").values()) == {"Ada Quist"}
    hearsay("actors", "rename", "1", "Rosa Hale")
    assert len(spoken(hearsay, "Rosa Hale")) == 3
    listed = hearsay("actors", "list").stdout
    assert "Called Rosa Hale" in listed
    assert "Merged into Ada Quist" in listed
    hearsay("actors", "undo", "1")
    assert "Undone: Called Rosa Hale" in hearsay("actors", "undo").stdout
    assert spoken(hearsay) == before
    assert "Nothing was changed" in hearsay("actors", "list").stdout


def test_an_actor_is_split_and_the_new_one_hidden(hearsay: Command) -> None:
    assert "The new actor is -1." in hearsay("actors", "split", "1", "Ada Runner", "--article", "3").stdout
    assert spoken(hearsay, "Ada Runner") == {"I won the race": "Ada Runner"}
    hearsay("actors", "hide", "--", "-1")
    assert "I won the race" not in spoken(hearsay)
    assert "The dam is safe" in spoken(hearsay)


@pytest.mark.parametrize(
    "wrong",
    [
        ("merge", "1", "1"),
        ("merge", "1", "77"),
        ("rename", "1", "…"),
        ("rename", "1", "x" * 101),
        ("split", "1", "Ada Runner", "--article", "2"),
        ("split", "2", "Ada Runner", "--article", "2"),
        ("undo",),
        ("hide", "99999999999999999999"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_words(hearsay: Command, wrong: tuple[str, ...]) -> None:
    assert hearsay("actors", *wrong).exit_code == 1
    assert "Nothing was changed" in hearsay("actors", "list").stdout
