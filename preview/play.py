"""The preview: the unmodified bot on a local Discord, reading a sample newsroom, shown as a member sees it."""

import asyncio
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import HttpUrl, SecretStr, WebsocketUrl
from rich.console import Console
from rich.text import Text

from bot.client import HearsayBot
from bot.delivery.answers import EVIDENCE_SELECT
from bot.errors import BadInput, HearsayError
from bot.model.digests import Layout
from bot.services.engine import Services
from bot.serving import serve
from config.settings import Settings
from preview.discord import MANAGER, Json, LocalDiscord, LocalDiscordError, Person, Reply
from preview.newsroom import Newsroom
from preview.newsroom.outlets import COURIER, HEAP, KONKAN, MERIDIAN
from preview.page import page_of
from preview.person import panel_of

PATIENCE_S = 120.0
"""The most seconds that a slow machine may take for one action."""
MANAGER_NAME = "mara"
READER_NAME = "tom"
CHANNEL = "news"
LOCALE = "en-GB"
ASKED_ACTOR = "Penhallow"
ASKED_TOPIC = "cable"


INTRODUCTION = f"""\
Starting a local Discord, a newsroom of four invented outlets, and the bot. This takes about half a minute …
{COURIER.title}, {MERIDIAN.title} and {KONKAN.title} are ordinary outlets. {HEAP.title} is scraped badly on
purpose: its pages have lost punctuation, quotation marks and spaces between sentences. Hearsay reads those, too.
"""
WHAT_NEXT = """
What to try next (in another terminal; .venv/bin/python if the environment is not active):
  python -m bot extract docs/examples/article.txt   who said what in a text: this one, or one of your own
  python -m bot feeds import                        add a starter list of real feeds, without Discord …
  python -m bot poll                                … read them; then: python -m bot said NAME
  docs/quickstart.md                                put the bot on your own Discord server"""


class PreviewFailed(HearsayError):
    """The preview did not finish its show. The log above says why."""


async def play(
    console: Console,
    settings: Settings,
    *,
    once: bool,
    stop: asyncio.Event,
    page: Path | None = None,
    layout: Layout = Layout.EMBEDS,
    locale: str = LOCALE,
    show: "Callable[..., Show] | None" = None,
) -> None:
    """Start everything, show a digest and three answered commands, and run on until `stop` unless `once`.

    The digest has the given layout, and the server and its people have the locale. `show` makes another show. If
    `page` is given, everything shown is also written to that file as HTML.

    `settings` are those of the host, changed for the preview: its own database in a temporary folder, its own
    Discord, and loopback addresses allowed. Raises PreviewFailed, BadInput if `page` cannot be written, and what
    `serve` raises.
    """
    console.print(INTRODUCTION, markup=False, soft_wrap=True)
    with tempfile.TemporaryDirectory(prefix="hearsay-preview-") as folder:
        async with (
            LocalDiscord(
                guilds={"Readers' Corner": (CHANNEL, "general")}, patience=PATIENCE_S, answer_deadline=PATIENCE_S
            ) as discord,
            Newsroom() as newsroom,
        ):
            discord.guild().locale = locale
            changed = preview_settings(settings, discord, Path(folder))
            made = partial(show or Show, console, discord, newsroom)
            await _play(console, changed, made, once=once, stop=stop, page=page, layout=layout)
    console.print("\nThe preview has ended. Nothing of it is left on this machine.")


async def _play(
    console: Console,
    settings: Settings,
    made: "Callable[[Services, Layout], Show]",
    *,
    once: bool,
    stop: asyncio.Event,
    page: Path | None,
    layout: Layout,
) -> None:
    ready: asyncio.Future[Services] = asyncio.get_running_loop().create_future()
    ended = asyncio.Event()

    def started(services: Services, _bot: HearsayBot) -> None:
        if not ready.done():
            ready.set_result(services)

    async def show() -> None:
        async with asyncio.timeout(PATIENCE_S):
            services = await ready
        shown = made(services, layout)
        await shown.run()
        if page:
            written = page_of(shown.messages, title=f"#{CHANNEL}", names=shown.names)
            try:
                await asyncio.to_thread(page.write_text, written, encoding="utf-8")
            except OSError as error:
                raise BadInput(f"{page} cannot be written: {error.strerror}.") from error
        console.print(WHAT_NEXT, markup=False, soft_wrap=True)
        if not once:
            console.print("\nThe bot keeps running and polling. Ctrl-C ends it.", style="bold")
            await stop.wait()

    bot = asyncio.create_task(serve(settings, stop=ended, started=started), name="bot")
    showing = asyncio.create_task(show(), name="showing")
    stopping = asyncio.create_task(stop.wait(), name="stopping")
    try:
        done, _ = await asyncio.wait({bot, showing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except (LocalDiscordError, TimeoutError) as error:
        raise PreviewFailed(f"The preview did not finish its show: {error}") from error
    finally:
        ended.set()
        for task in (showing, stopping):
            task.cancel()
        await asyncio.gather(bot, showing, stopping, return_exceptions=True)


def preview_settings(settings: Settings, discord: LocalDiscord, folder: Path) -> Settings:
    """Return `settings` changed for the preview."""
    return settings.model_copy(
        update={
            "discord_token": SecretStr(discord.token),
            "discord_api_base": HttpUrl(discord.api_base),
            "discord_gateway_url": WebsocketUrl(discord.gateway_url),
            "data_dir": folder,
            "database_url": None,
            "allow_private_addresses": True,
            "metrics_address": None,
            "pass_interval": min(settings.pass_interval, 15.0),
        }
    )


class Show:
    """The show: commands as people use them, their answers, and the channel's messages."""

    def __init__(
        self,
        console: Console,
        discord: LocalDiscord,
        newsroom: Newsroom,
        services: Services,
        layout: Layout = Layout.EMBEDS,
    ) -> None:
        self.messages: list[Json] = []
        """Every message shown, in order."""
        self._console = console
        self._discord = discord
        self._newsroom = newsroom
        self._services = services
        self._layout = layout
        self._channel = discord.channel(CHANNEL)
        self.names = {channel.id: channel.name for channel in discord.guild().channels.values()}

    async def run(self) -> None:
        """Show everything. Raises LocalDiscordError if something does not arrive."""
        await self._discord.ready()
        manager = self._discord.user(MANAGER_NAME, permissions=MANAGER)
        reader = self._discord.user(READER_NAME)
        for person in (manager, reader):
            person.user.locale = self._discord.guild().locale
        for _, url in self._newsroom.feeds:
            await self._command(manager, "feed add", address=url)
        plan = {"cadence": "daily", "at": "08:00", "timezone": "UTC"}
        plan |= {} if self._layout is Layout.EMBEDS else {"layout": self._layout.value}
        await self._command(manager, "digest subscribe", **plan)
        with self._console.status("Polling the feeds, reading the articles, finding who said what …"):
            await self._work()
        await self._command(manager, "digest now")
        await self._work()
        self._console.rule(f"#{CHANNEL}")
        for message in self._channel.messages:
            if any(custom_id.startswith("hearsay:digest:") for custom_id in ids_of(message)):
                self._print(message)

        self._console.rule("Questions")
        await self._ask(reader)
        await self._command(reader, "said", topic=ASKED_TOPIC, since="3 days")
        await self._command(manager, "feed list")

    async def _work(self) -> None:
        """Let the bot do everything that is due."""
        while any((await self._services.runner.pass_once()).values()):
            pass

    async def _ask(self, reader: Person) -> None:
        """Ask what an actor said, by a suggested name, and look at the evidence."""
        typed = ASKED_ACTOR[:4]
        suggested = await reader.autocomplete(self._channel, "said", focused="actor", actor=typed)
        names = [choice["name"] for choice in suggested.choices]
        self._say(f"{reader.user.name} types {typed} and is offered: {', '.join(names[:5]) or 'nothing'}")
        answer = await self._command(reader, "said", actor=suggested.choices[0]["value"] if names else ASKED_ACTOR)
        select = _evidence_select(answer.message)
        if select is not None:
            self._say(f"{reader.user.name} chooses to see the evidence of the first claim")
            first = select["options"][0]["value"]
            self._print((await (await reader.choose(answer, select["custom_id"], [first])).done()).message)

    async def _command(self, person: Person, name: str, /, **options: str) -> Reply:
        """Use a slash command, print it and its answer, and return the answer."""
        typed = " ".join(f"{option}:{value}" for option, value in options.items())
        self._say(f"\n{person.user.name} uses /{name} {typed}", style="bold cyan")
        answer = await (await person.slash(self._channel, name, **options)).done()
        self._print(answer.message)
        return answer

    def _print(self, message: Json) -> None:
        self.messages.append(message)
        self._console.print(panel_of(message, names=self.names))

    def _say(self, text: str, style: str = "dim") -> None:
        self._console.print(Text(text, style=style))


def _evidence_select(message: Json) -> Json | None:
    selects = (part for row in message["components"] for part in row["components"])
    return next((part for part in selects if part.get("custom_id") == EVIDENCE_SELECT), None)


def ids_of(message: Json) -> list[str]:
    """Return the ids of a message's buttons and selects."""
    return [str(part.get("custom_id", "")) for row in message["components"] for part in row.get("components", [])]
