"""`feeds add` where an address leads to several feeds, and `digest --filter`."""

from collections.abc import Iterator

import pytest
from aiohttp import web

from bot.cli import feeds
from preview.newsroom import Newsroom
from tests.background import in_background
from tests.integration.cli.conftest import Command
from tests.integration.feeds.server import served

PAGE = (
    b"<link rel=alternate type=application/rss+xml href=/world>"
    b"<link rel=alternate type=application/rss+xml href=/sport>"
)


def feed(title: str) -> bytes:
    item = f"<item><title>t</title><link>http://a.example/{title}</link></item>"
    return (
        f"<rss version='2.0'><channel><title>{title}</title><language>de</language>{item}</channel></rss>".encode()
    )


@pytest.fixture
def site() -> Iterator[str]:
    pages = {"/": PAGE, "/world": feed("World"), "/sport": feed("Sport [red]x[/red]")}

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=pages[request.path], content_type="text/html")

    with in_background(lambda: served(handler)) as url:
        yield url


def test_without_a_terminal_the_feeds_are_printed_and_none_is_added(
    hearsay: Command, site: str, on_loopback: None
) -> None:
    asked = hearsay("feeds", "add", site)
    assert asked.exit_code == 1
    assert f"{site} leads to 2 feeds:" in asked.stdout
    assert "Sport [red]x[/red]" in asked.stdout
    assert f"{site}/world" in asked.stdout
    assert "--pick" in asked.stdout
    assert "no feeds yet" in hearsay("feeds", "list").stdout


def test_the_first_or_any_other_is_picked(hearsay: Command, site: str, on_loopback: None) -> None:
    assert hearsay("feeds", "add", "--first", site).stdout == f"✓ World ({site}/world): added\n"
    both = hearsay("feeds", "add", site, "--pick", "2", "--pick", "1")
    assert both.exit_code == 0
    assert [line.rsplit(": ", 1)[1] for line in both.stdout.splitlines()] == ["added", "known already"]


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_number_that_is_not_there_is_refused(
    hearsay: Command, site: str, on_loopback: None, number: str
) -> None:
    refused = hearsay("feeds", "add", site, "--pick", number)
    assert refused.exit_code == 1
    assert f"There is no feed {number}: it leads to 2." in refused.stdout


def test_numbers_go_with_one_address(hearsay: Command) -> None:
    refused = hearsay("feeds", "add", "a.example", "b.example", "--pick", "1")
    assert refused.exit_code == 2
    assert "--pick takes numbers from one table" in refused.stderr


def test_in_a_terminal_it_is_asked_which(
    hearsay: Command, site: str, on_loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_in_a_terminal", lambda: True)
    for typed, told in (("2, 1", "Sport [red]x[/red]"), ("x", "such as: 1 3"), ("", "such as: 1 3")):
        monkeypatch.setattr("typer.prompt", lambda *_args, typed=typed, **_kwargs: typed)
        assert told in hearsay("feeds", "add", site).stdout.splitlines()[-1 - (typed == "2, 1")]
    assert hearsay("feeds", "list").stdout.count(site) == 2


def test_a_digest_is_printed_of_what_passes_a_filter(hearsay: Command, newsroom: Newsroom) -> None:
    wrong = hearsay("digest", "--filter", "dam or outlet:")
    assert wrong.exit_code == 2
    assert "after `outlet:` a name is missing, at character 15" in wrong.stderr
    assert "nothing new" in hearsay("digest", "--filter", "dam").stdout
