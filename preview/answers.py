"""Answers to each question for readers, on the sample newsroom with four weeks of a daily column."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.app import DRAWN_WITHIN_S
from preview.discord import MANAGER, Json, Reply
from preview.discord.errors import NotAnswered
from preview.page import page_of
from preview.play import CHANNEL, MANAGER_NAME, READER_NAME, Show

QUESTIONS: dict[str, Mapping[str, str]] = {
    "said": {"actor": "Penhallow"},
    "actor": {"actor": "Ruth Ashdown"},
    "topic": {"topic": "cable"},
    "story": {"story": "cable"},
    "check": {"words": "a mistake careers do not recover from"},
    "compare": {"first": "Ruth Ashdown", "second": "Dominic Farrar"},
    "timeline": {"actor": "Sarah Nolan", "topic": "quay"},
    "trending": {},
    "disputes": {"story": "silt"},
    "export": {"format": "CSV", "actor": "Penhallow"},
    "status": {},
    "about": {},
}
"""What is asked, by the name of the command."""
COLUMNS_A_POLL = 16
"""Four for each outlet: more old entries at once are taken for an archive, and not read."""
_COMPLETED = "story"
"""The option whose value is the first suggestion for the typed text."""
_DRAWN = frozenset({"timeline", "trending"})


class Answers(Show):
    """Asks the questions, and writes a page for each answer into a folder."""

    def __init__(self, folder: Path, *given: Any) -> None:
        """Take the folder, and what a show takes."""
        super().__init__(*given)
        self._folder = folder

    async def run(self) -> None:
        """Ask everything. Raises LocalDiscordError if something does not arrive."""
        await self._discord.ready()
        manager = self._discord.user(MANAGER_NAME, permissions=MANAGER)
        for _, url in self._newsroom.feeds:
            await self._command(manager, "feed add", address=url)
        with self._console.status("Polling the feeds, reading the articles, finding who said what …"):
            await self._work()
            while self._newsroom.print_columns(COLUMNS_A_POLL):
                await self._services.runner.catch_up(every=True)
        for name, options in QUESTIONS.items():
            answer = await self._asked(name, dict(options))
            if name in _DRAWN and not answer.message["attachments"]:
                self._console.print(f"/{name} has nothing to draw: its picture stays as it was.")
                continue
            page = page_of([answer.message], names=self.names, pictures=self._pictures(answer.message))
            (self._folder / f"{name}.html").write_text(page, "utf-8")

    async def _asked(self, name: str, options: dict[str, str]) -> Reply:
        reader = self._discord.user(READER_NAME)
        if _COMPLETED in options:
            channel = self._discord.channel(CHANNEL)
            offered = await reader.autocomplete(channel, name, focused=_COMPLETED, **options)
            options[_COMPLETED] = offered.choices[0]["value"]
        answer = await self._command(reader, name, **options)
        if name in _DRAWN:
            with suppress(NotAnswered):  # the sample newsroom may have no trends
                await answer.edited(lambda now: bool(now.message["attachments"]), patience=DRAWN_WITHIN_S)
        return answer

    def _pictures(self, message: Json) -> dict[str, bytes]:
        """Return the files that a message has, by their addresses."""
        files = self._discord.files
        return {one["url"]: files[one["id"]][1] for one in message["attachments"]}
