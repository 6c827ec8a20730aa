"""Everything around the answers: setting up, following, any page or message, reporting mistakes, help."""

from pathlib import Path
from typing import Any

from bot.delivery.answers import EVIDENCE_SELECT
from preview.discord import MANAGER, Json, Person, Reply
from preview.newsroom.outlets import COURIER
from preview.page import page_of
from preview.play import CHANNEL, MANAGER_NAME, READER_NAME, Show

REPORTED = "Dominic Farrar"
EXPLAINED = "penhallow-resigns"
RENAMED, NEW_NAME = "Penhallow", "Giles Penhallow, Viscount"
SAID_IN_CHANNEL = (
    "Did you see this? “We will not build a second tunnel while the first one leaks,” Transport Minister Ada "
    "Quill said on Tuesday. Her deputy, Milo Brandt, said that the money was there."
)
"""A message that somebody posts, and another asks about."""
PARTS = (
    *("welcome", "catchup", "read", "what-was-said-here"),
    *("following", "wrong", "reports", "settings", "help"),
    *("why", "feeds", "digests", "privacy", "actors", "stats"),
)
"""What is shown, by the names of the pictures."""


class Around(Show):
    """Uses everything except questions about the news, and writes a page for each part into a folder."""

    def __init__(self, folder: Path, *given: Any) -> None:
        """Take the folder, and what a show takes."""
        super().__init__(*given)
        self._folder = folder

    async def run(self) -> None:
        """Show everything. Raises LocalDiscordError if something does not arrive."""
        await self._discord.ready()
        manager = self._discord.user(MANAGER_NAME, permissions=MANAGER)
        reader = self._discord.user(READER_NAME)
        await self._set_up(manager)
        for _, url in self._newsroom.feeds:
            await self._command(manager, "feed add", address=url)
        await self._command(manager, "digest subscribe", cadence="daily", at="08:00", timezone="Berlin")
        with self._console.status("Polling the feeds, reading the articles, finding who said what …"):
            await self._work()
        await self._read(reader)
        await self._follow(reader)
        await self._report(reader)
        self._write("help", (await self._command(reader, "help")).message)
        await self._command(manager, "digest now")
        await self._work()
        await self._manage(manager)
        why = await self._command(reader, "why", url=self._newsroom.article_url(EXPLAINED))
        self._write("why", why.message)
        self._write("stats", (await self._command(self._discord.owner, "admin stats")).message)

    async def _set_up(self, manager: Person) -> None:
        """Invite the bot to another server, whose founder opens the setup."""
        guild = self._discord.add_guild("New here", (CHANNEL,), with_bot=False)
        channel = self._discord.channel(CHANNEL, guild)
        self.names[channel.id] = CHANNEL
        founder = self._discord.user("olga", permissions=MANAGER, guilds=[guild])
        founder.user.locale = manager.user.locale
        self._discord.invite_bot(guild)
        welcome = await self._discord.wait_for_message(channel, matching="Hearsay")
        panel = await (await founder.click(welcome, "hearsay:setup")).done()
        self._write("welcome", welcome, panel.message)

    async def _read(self, reader: Person) -> None:
        self._write("catchup", (await self._command(reader, "catchup", since="3 days")).message)
        page = self._newsroom.article_url(self._newsroom.articles[0].slug)
        self._write("read", (await self._command(reader, "read", page=page)).message)
        said = reader.says(self._channel, SAID_IN_CHANNEL)
        found = await (await reader.message_menu(self._channel, "Who said what here?", said)).done()
        self._write("what-was-said-here", said, found.message)

    async def _follow(self, reader: Person) -> None:
        await self._command(reader, "follow actor", actor="Ruth Ashdown")
        await self._command(reader, "follow topic", topic="cable", when="at once")
        self._write("following", (await self._command(reader, "following list")).message)

    async def _report(self, reader: Person) -> None:
        """Look at the evidence of a claim, and report it."""
        answer = await self._command(reader, "said", actor=REPORTED, outlet=COURIER.title)
        evidence = await self._evidence(reader, answer)
        form = await reader.click(evidence, "Wrong?")
        told = await (await reader.submit(form, fault="speaker")).done()
        self._write("wrong", evidence.message, told.message)

    async def _manage(self, manager: Person) -> None:
        """Look at the setup, and correct who is who."""
        listed = {
            "settings": "settings show",
            "feeds": "feed list",
            "digests": "digest list",
            "reports": "reports",
        }
        for name, command in listed.items():
            self._write(name, (await self._command(manager, command)).message)
        self._write("privacy", (await self._command(manager, "privacy show", about="this server")).message)
        offered = await manager.autocomplete(self._channel, "actors rename", focused="actor", actor=RENAMED)
        picked = str(offered.choices[0]["value"])
        renamed = await self._command(manager, "actors rename", actor=picked, name=NEW_NAME)
        self._write("actors", renamed.message)

    async def _evidence(self, reader: Person, answer: Reply) -> Reply:
        selects = (part for row in answer.message["components"] for part in row["components"])
        select = next(part for part in selects if part.get("custom_id") == EVIDENCE_SELECT)
        return await (await reader.choose(answer, EVIDENCE_SELECT, [select["options"][0]["value"]])).done()

    def _write(self, name: str, *messages: Json) -> None:
        page = page_of(list(messages), names=self.names)
        (self._folder / f"{name}.html").write_text(page, "utf-8")
