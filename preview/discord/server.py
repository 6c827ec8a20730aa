"""The local Discord: starting and stopping it, and its interface for tests and the preview."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.clock import Clock, utc_now
from preview.discord.errors import LocalDiscordError
from preview.discord.faults import Faults
from preview.discord.gateway import Gateway
from preview.discord.messages import text_of
from preview.discord.objects import Channel, Guild, Json, Role, User
from preview.discord.people import Person
from preview.discord.permissions import Permission
from preview.discord.rest import PREFIX, Checker, Rest, Seen
from preview.discord.webhooks import Webhook
from preview.discord.world import World

_log = logging.getLogger(__name__)

DEFAULT_TOKEN = "local.preview.token"  # noqa: S105  A made-up token of a made-up Discord.
DEFAULT_GUILDS: Mapping[str, Sequence[str]] = {"Readers": ("general", "news")}


class LocalDiscord:
    """Discord's REST interface and gateway on a loopback port, as far as an unmodified discord.py needs them.

    The bot is pointed at it by the settings HEARSAY_DISCORD_API_BASE (`api_base`) and
    HEARSAY_DISCORD_GATEWAY_URL (`gateway_url`) and logs in with `token`; another discord.py client by
    `preview.discord.pointing.discord_py_pointed_at(api_base, gateway_url)`.

        async with LocalDiscord() as discord:
            …                                             # start the client
            await discord.ready()
            news = discord.channel("news")
            reply = await discord.user("alice").slash(news, "said", actor="Jens Stoltenberg")
            await reply.done()
            print(reply.text)
    """

    def __init__(
        self,
        *,
        guilds: Mapping[str, Sequence[str]] = DEFAULT_GUILDS,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Hearsay",
        shards: int = 1,
        openapi: Path | None = None,
        answer_deadline: float = 3.0,
        patience: float = 10.0,
        heartbeat_interval: int = 41_250,
        compress: bool = True,
        port: int = 0,
        clock: Clock = utc_now,
        faults: Faults | None = None,
    ) -> None:
        """Prepare the server; `start`, or entering it as a context manager, opens its port.

        `guilds` gives the channels of each guild by name. `shards` is how many shards clients are told to open.
        With `openapi`, the path of Discord's specification (default: the environment variable DISCORD_OPENAPI),
        every request and response is checked against it. `answer_deadline` is how long an application has for its
        first response, and `patience` the longest wait, both in seconds. `faults` may order faults by rules of
        its own.
        """
        self.token = token
        self.faults = faults or Faults()
        self.patience = patience
        self._port = port
        self._world = World(clock=clock, bot_name=bot_name)
        self._gateway = Gateway(self._world, token=token, compress=compress, heartbeat_interval=heartbeat_interval)
        self._world.announce = self._gateway.announce
        openapi = openapi or openapi_in(os.environ)
        checker = _checker(openapi) if openapi is not None else None
        self._rest = Rest(self._world, token, self.faults, shards, answer_deadline, checker)
        self._runner: web.AppRunner | None = None
        self._people: dict[str, Person] = {}
        for name, channels in guilds.items():
            self._world.add_guild(name, channels)

    # Starting and stopping

    async def start(self) -> None:
        """Open the port. Raises `OSError` if it is taken."""
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_get("/", self._gateway.handle)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self._rest.api_base = f"http://127.0.0.1:{port}{PREFIX}"
        self._world.files_at = f"{self._rest.api_base}/files"
        self._rest.gateway_url = self._gateway.url = f"ws://127.0.0.1:{port}/"

    async def stop(self) -> None:
        """Close all connections and the port. Does nothing if it is closed."""
        if self._runner is None:
            return
        runner, self._runner = self._runner, None
        self._gateway.drop(1001)
        await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def api_base(self) -> str:
        """The address of the REST interface, with `/api/v10`."""
        return self._address(self._rest.api_base)

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        return self._address(self._rest.gateway_url)

    def _address(self, address: str) -> str:
        if not address:
            raise LocalDiscordError("The local Discord has not been started.")
        return address

    # State

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self._world.bot

    @property
    def guilds(self) -> list[Guild]:
        """All guilds, including those without the bot."""
        return list(self._world.guilds.values())

    def guild(self, name: str | None = None) -> Guild:
        """Return the guild with this name, or the first one. Raises `LocalDiscordError` if there is none."""
        for guild in self._world.guilds.values():
            if name in (None, guild.name):
                return guild
        raise LocalDiscordError(f"There is no guild {name!r}.")

    def channel(self, name: str, guild: Guild | None = None) -> Channel:
        """Return the channel with this name in the guild, or in the first one."""
        return (guild or self.guild()).channel(name)

    @property
    def owner(self) -> Person:
        """The person to whom the application belongs, and every server."""
        return self._person(self._world.owner)

    def _person(self, account: User) -> Person:
        return Person(account, self._world, self._gateway, self._rest.deadline, self.patience)

    @property
    def files(self) -> dict[str, tuple[str, bytes]]:
        """Kind and content of the files that were sent, by their ids."""
        return self._world.files

    def user(
        self, name: str, *, permissions: Permission | None = None, guilds: Sequence[Guild] | None = None
    ) -> Person:
        """Return the person with this name, created if there is none: a member of all guilds, or of `guilds`.

        `permissions` (such as `preview.discord.MANAGER`) are added to those of everyone, and replace those given
        before.
        """
        person = self._people.get(name)
        if person is None:
            account = self._world.add_user(name, shown_name=name.title())
            person = self._person(account)
            self._people[name] = person
            guilds = self.guilds if guilds is None else guilds
        for guild in guilds if guilds is not None else self._guilds_of(person):
            self._world.join(person.user, guild, permissions or Permission.NONE)
        return person

    def _guilds_of(self, person: Person) -> list[Guild]:
        """Return where the person's permissions change: nowhere unless new ones were given."""
        return [guild for guild in self.guilds if person.user.id in guild.members]

    @property
    def commands(self) -> list[Json]:
        """The commands that the bot has registered, global ones and those of guilds."""
        return list(self._world.commands.values())

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, in order."""
        return self._rest.seen

    @property
    def violations(self) -> list[str]:
        """Violations of Discord's documentation, in requests of the bot and in responses of this server."""
        return self._rest.violations

    @property
    def resumed(self) -> int:
        """How often a client has resumed its session."""
        return self._gateway.resumed

    @property
    def connected(self) -> bool:
        """Whether a client is connected and identified on all shards."""
        return self._gateway.ready()

    # Events

    def add_guild(self, name: str, channels: Sequence[str] = ("general",), *, with_bot: bool = True) -> Guild:
        """Make a guild. All people join it, and so does the bot unless `with_bot` is false."""
        guild = self._world.add_guild(name, channels, with_bot=with_bot)
        for person in self._people.values():
            self._world.join(person.user, guild)
        return guild

    def invite_bot(self, guild: Guild) -> None:
        """Let the bot join a guild."""
        self._world.invite_bot(guild)

    def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a guild (GUILD_DELETE)."""
        self._world.remove_bot(guild)

    def begin_outage(self, guild: Guild) -> None:
        """Make the guild unavailable, which does not mean that the bot was removed."""
        self._world.set_available(guild, available=False)

    def end_outage(self, guild: Guild) -> None:
        """Make the guild available again."""
        self._world.set_available(guild, available=True)

    def add_channel(self, guild: Guild, name: str, *, announces: bool = False) -> Channel:
        """Make a text channel, or an announcement channel (CHANNEL_CREATE)."""
        return self._world.add_channel(guild, name, announces=announces)

    def add_forum(
        self, guild: Guild, name: str, tags: Sequence[str] = (), *, requires_tag: bool = False
    ) -> Channel:
        """Make a forum channel with these tags (CHANNEL_CREATE)."""
        return self._world.add_forum(guild, name, tags, requires_tag=requires_tag)

    def posts_in(self, forum: Channel) -> list[Channel]:
        """Return the posts of a forum, oldest first."""
        of_guild = forum.guild.threads.values() if forum.guild else ()
        return [one for one in of_guild if one.thread and one.thread.parent is forum]

    def change_thread(self, thread: Channel, *, archived: bool | None = None, locked: bool | None = None) -> None:
        """Let a thread rest or open it again, and lock or unlock it (THREAD_UPDATE)."""
        self._world.change_thread(thread, archived=archived, locked=locked)

    def add_role(self, guild: Guild, name: str, permissions: Permission = Permission.NONE) -> Role:
        """Make a role below that of the bot (GUILD_ROLE_CREATE)."""
        return self._world.add_role(guild, name, permissions)

    def change_role(self, guild: Guild, role: Role, permissions: Permission) -> None:
        """Give a role these permissions (GUILD_ROLE_UPDATE)."""
        self._world.change_role(guild, role, permissions)

    def bots_role(self, guild: Guild) -> Role:
        """Return the role that Discord made for the bot when it was invited."""
        return next(role for role in guild.roles.values() if role.managed_by == self.bot.id)

    def webhooks_of(self, channel: Channel) -> list[Webhook]:
        """Return the webhooks of a channel."""
        return [one for one in self._world.webhooks.values() if one.channel is channel]

    def delete_webhook(self, webhook: Webhook) -> None:
        """Delete a webhook, as a manager does. Its messages stay."""
        del self._world.webhooks[webhook.id]

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel (CHANNEL_DELETE) or a thread (THREAD_DELETE)."""
        self._world.delete_channel(channel)

    def forbid(self, channel: Channel, permissions: Permission, user: User | None = None) -> None:
        """Take permissions in this channel from the user, by default the bot (CHANNEL_UPDATE)."""
        self._world.overwrite(channel, user or self.bot, deny=permissions)

    def grant(self, channel: Channel, permissions: Permission, to: User | Role | None = None) -> None:
        """Give permissions in this channel to the user or the role, by default the bot (CHANNEL_UPDATE)."""
        self._world.overwrite(channel, to or self.bot, allow=permissions)

    def allow_again(self, channel: Channel, to: User | Role | None = None) -> None:
        """Undo `forbid` and `grant` (CHANNEL_UPDATE)."""
        self._world.overwrite(channel, to or self.bot)

    def delete_message(self, channel: Channel, message: Json) -> None:
        """Delete a message as a moderator does."""
        self._world.delete_message(channel, message)

    def drop(self, code: int | None = 1012, *, resumable: bool = True) -> None:
        """Close all gateway sockets with this code, or cut them (None); see `Gateway.drop`."""
        self._gateway.drop(code, resumable=resumable)

    def ask_reconnect(self) -> None:
        """Ask clients to reconnect (op 7)."""
        self._gateway.ask_reconnect()

    def invalidate_sessions(self, *, resumable: bool = False) -> None:
        """Tell clients that their sessions are invalid (op 9)."""
        self._gateway.invalidate(resumable=resumable)

    # Waiting

    async def ready(self, seconds: float | None = None) -> None:
        """Wait until a client is identified on all its shards."""
        await self.until(lambda: self.connected, "a client to identify", seconds)

    async def commands_registered(self, *names: str, seconds: float | None = None) -> list[Json]:
        """Wait until these commands, or any at all, are registered; return all."""

        def registered() -> bool:
            there = {command["name"] for command in self.commands}
            return bool(there) and there >= set(names)

        await self.until(registered, f"the commands {', '.join(names) or 'of the bot'}", seconds)
        return self.commands

    async def wait_for_message(
        self,
        channel: Channel,
        timeout: float | None = None,  # noqa: ASYNC109  The limit of the wait, named in its error.
        *,
        after: Json | None = None,
        matching: Callable[[Json], bool] | str | None = None,
    ) -> Json:
        """Return the first message in the channel (after `after` if given), waiting for it if necessary.

        `matching` is a condition, or text that the message must contain. Raises `WaitedInVain` after `timeout`.
        """

        def look() -> Json | None:
            for message in channel.messages:
                late = after is None or int(message["id"]) > int(after["id"])
                if late and _matches(message, matching):
                    return message
            return None

        what = f"a message in #{channel.name}" + (f" with {matching!r}" if isinstance(matching, str) else "")
        return await self._world.changes.until(look, seconds=timeout or self.patience, what=what)

    async def wait_for_messages(self, channel: Channel, count: int, seconds: float | None = None) -> list[Json]:
        """Wait until the channel has `count` messages and return all of them."""
        await self.until(lambda: len(channel.messages) >= count, f"{count} messages in #{channel.name}", seconds)
        return channel.messages

    async def until(self, condition: Callable[[], bool], what: str, seconds: float | None = None) -> None:
        """Wait until the condition is true; it is checked whenever something changes here."""
        await self._world.changes.until(condition, seconds=seconds or self.patience, what=what)


def _matches(message: Json, wanted: Callable[[Json], bool] | str | None) -> bool:
    if wanted is None:
        return True
    return wanted in text_of(message) if isinstance(wanted, str) else wanted(message)


def openapi_in(environment: Mapping[str, str]) -> Path | None:
    """Return the path in DISCORD_OPENAPI; nothing, with a line in the log, if there is no such file."""
    named = environment.get("DISCORD_OPENAPI")
    if not named:
        return None
    if not Path(named).is_file():
        _log.warning("DISCORD_OPENAPI names no file; nothing is checked against Discord's specification")
        return None
    return Path(named)


def _checker(openapi: Path) -> Checker:
    # The check needs development dependencies, which an installed bot lacks.
    from preview.discord.contract import contract_at  # noqa: PLC0415

    return contract_at(openapi)
