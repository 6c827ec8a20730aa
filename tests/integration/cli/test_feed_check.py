"""`feeds check`: trying a feed or an address, step by step."""

from pathlib import Path

import pytest

from bot.model.websub import Announcement
from bot.store import open_store
from config.loading import load_settings
from preview.newsroom import Newsroom
from preview.newsroom.faults import Fault
from tests.databases import in_thread
from tests.integration.cli.conftest import Command


def names(stdout: str) -> list[str]:
    return [line.split(":")[0] for line in stdout.splitlines()]


def test_each_step_of_a_feed_that_works_is_a_line(hearsay: Command, newsroom: Newsroom, on_loopback: None) -> None:
    hearsay("feeds", "add", newsroom.feed_url("courier"))
    done = hearsay("feeds", "check", "1")
    assert done.exit_code == 0
    assert names(done.stdout) == [
        f"✓ {step}"
        for step in ("Address", "Allowed", "Connection", "Answer", "Size", "Document", "Newest", "New", "Next")
    ]
    assert "The feed “The Albion Courier” with" in done.stdout


def test_the_hub_of_a_feed_is_shown_if_hubs_can_push(
    hearsay: Command, newsroom: Newsroom, on_loopback: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HEARSAY_PUBLIC_URL", "https://me.example/")
    hearsay("feeds", "add", newsroom.feed_url("courier"))
    assert "Hub" not in hearsay("feeds", "check", "1").stdout

    async def announce() -> None:
        async with open_store(load_settings().store_url) as store:
            announcement = Announcement(("https://hub.example/",), newsroom.feed_url("courier"))
            await store.hub_subscriptions.announce({1: announcement})

    in_thread(announce)
    assert "✓ Hub: Its hub (hub.example) is to be asked" in hearsay("feeds", "check", "1").stdout
    assert "Its hub (hub.example) is to be asked" in hearsay("feeds", "show", "1").stdout


def test_the_step_that_fails_is_the_last_but_what_comes_next(
    hearsay: Command, newsroom: Newsroom, on_loopback: None
) -> None:
    newsroom.break_feed("courier", Fault.GONE)
    done = hearsay("feeds", "check", newsroom.feed_url("courier"))
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "✗ Answer: This was removed for good (410)."
    assert "✓ Connection: The server answered." in done.stdout


def test_a_redirect_is_told(hearsay: Command, newsroom: Newsroom, on_loopback: None) -> None:
    newsroom.break_feed("courier", Fault.REDIRECT_PERMANENT)
    done = hearsay("feeds", "check", newsroom.feed_url("courier"))
    assert "after a redirect (for good) to" in done.stdout


def test_a_private_address_is_not_allowed_and_not_asked(hearsay: Command, newsroom: Newsroom) -> None:
    before = len(newsroom.visits)
    done = hearsay("feeds", "check", "http://127.0.0.1:8080/feed")
    assert done.exit_code == 1
    assert names(done.stdout) == ["✓ Address", "✗ Allowed"]
    assert "not public" in done.stdout
    assert len(newsroom.visits) == before


def test_a_server_that_does_not_answer_fails_to_connect(hearsay: Command, on_loopback: None) -> None:
    done = hearsay("feeds", "check", "http://127.0.0.1:9/feed")
    assert names(done.stdout) == ["✓ Address", "✓ Allowed", "✗ Connection"]


def test_an_id_that_no_feed_has_is_said(hearsay: Command) -> None:
    done = hearsay("feeds", "check", "99")
    assert done.exit_code != 0
    assert "There is no feed" in done.stdout + done.stderr
