"""`read`: what Hearsay makes of pages, from files and from addresses."""

import json
from pathlib import Path

from aiohttp import web

from tests.background import in_background
from tests.integration.cli.conftest import Command

SENTENCE = "The harbour master said on Tuesday that ferry number {} would sail again before the end of the week."
HEAD = (
    '<meta charset="utf-8"><meta property="og:title" content="Ferries sail again - The Herald">'
    '<meta property="og:site_name" content="The Herald"><meta name="author" content="Ann Author">'
    '<meta name="author" content="Bo Byline">'
    '<meta property="article:published_time" content="2026-03-04T10:00:00Z">'
)


def page(sentences: int = 12, extra: str = "") -> str:
    told = "".join(f"<p>{SENTENCE.format(number)}</p>" for number in range(sentences))
    return (
        f'<!doctype html><html lang="en"><head>{HEAD}</head><body><article>{told}</article>{extra}</body></html>'
    )


def test_a_file_is_shown_with_all_that_is_known_and_how_it_was_read(hearsay: Command, folder: Path) -> None:
    (folder / "page.html").write_text(page(), encoding="utf-8")
    shown = hearsay("read", "page.html")
    assert shown.exit_code == 0
    for words in (
        "Ferries sail again",
        "The Herald",
        "Ann Author, Bo Byline",
        "2026-03-04 10:00 UTC",
        "the page's paragraphs",
        SENTENCE.format(11),
    ):
        assert words in shown.stdout


def test_rows_have_the_documented_keys_in_the_order_of_the_pages(hearsay: Command, folder: Path) -> None:
    (folder / "good.html").write_text(page(), encoding="utf-8")
    login = "<html><title>Log in</title><body><p>Please log in to read this.</p></body></html>"
    (folder / "wall.html").write_text(login, encoding="utf-8")
    shown = hearsay("read", "good.html", "wall.html", "--jsonl", "--processes", "2")
    good, wall = (json.loads(line) for line in shown.stdout.splitlines())
    assert list(good)[:7] == ["file", "title", "authors", "published_at", "language", "wall", "text"]
    assert (good["file"], good["title"], good["authors"]) == (
        "good.html",
        "Ferries sail again",
        ["Ann Author", "Bo Byline"],
    )
    assert (good["published_at"], good["language"], good["wall"]) == ("2026-03-04T10:00:00+00:00", "en", None)
    assert good["text"] == "\n\n".join(SENTENCE.format(number) for number in range(12))
    assert (wall["file"], wall["wall"], wall["text"], wall["read_by"]) == ("wall.html", "login", "", "nothing")


def test_what_cannot_be_read_is_an_error_and_the_others_are_read(hearsay: Command, folder: Path) -> None:
    (folder / "page.html").write_text(page(), encoding="utf-8")
    shown = hearsay("read", "missing.html", "page.html", str(folder), "--jsonl")
    assert shown.exit_code == 1
    assert [json.loads(line)["file"] for line in shown.stdout.splitlines()] == ["page.html"]
    assert "missing.html: This file cannot be read (No such file or directory)." in shown.stderr
    assert "This is a folder, not a file." in shown.stderr


def test_no_control_character_of_a_page_reaches_the_terminal(hearsay: Command, folder: Path) -> None:
    (folder / "page.html").write_text(page(extra="").replace("harbour", "har\u202ebour\x9b31m"), encoding="utf-8")
    shown = hearsay("read", "page.html").stdout
    assert "harbour31m master" in shown
    assert not any(character in shown for character in "\u202e\x9b\x1b")


def test_an_address_is_fetched_and_a_file_that_is_no_page_is_refused(
    hearsay: Command, folder: Path, on_loopback: None
) -> None:
    with in_background(_Site) as site:
        shown = hearsay("read", f"{site.url}/story", f"{site.url}/picture", "--jsonl")
    row = json.loads(shown.stdout)
    assert (row["title"], row["wall"]) == ("Ferries sail again", None)
    assert shown.exit_code == 1
    assert "The link leads to a file (image/png), not to a page." in shown.stderr


class _Site:
    """A site with a story and a picture."""

    url = ""

    async def __aenter__(self) -> "_Site":
        app = web.Application()
        app.router.add_get("/story", self._story)
        app.router.add_get("/picture", self._picture)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _story(self, _: web.Request) -> web.Response:
        return web.Response(text=page(), content_type="text/html")

    async def _picture(self, _: web.Request) -> web.Response:
        return web.Response(body=b"\x89PNG", content_type="image/png")


def test_a_text_is_no_page_and_the_command_for_texts_is_named(hearsay: Command, folder: Path) -> None:
    (folder / "note.txt").write_text("The minister said no.", encoding="utf-8")
    (folder / "page.html").write_text("<html><body><p>The harbour is closed.</p></body></html>", encoding="utf-16")
    shown = hearsay("read", "note.txt", "page.html")
    assert shown.exit_code == 1
    assert "`hearsay extract FILE` finds who said what in a text" in shown.stderr
    assert "The harbour is closed." in shown.stdout
