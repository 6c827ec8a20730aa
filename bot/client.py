"""The discord.py client: intents, extensions, when Discord gets the command tree, and servers that come and go."""

import asyncio
import hashlib
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands
from discord.webhook.async_ import async_context

from bot.command_tree import HearsayTree
from bot.delivery.command_mentions import MentioningAdapter, mentions
from bot.delivery.command_translator import CommandTranslator
from bot.delivery.escape import escaped
from bot.delivery.letters import named
from bot.delivery.once_only import report_unclear_answers
from bot.delivery.request_limits import RequestLimits
from bot.discord_access import without_voice
from bot.errors import StoreError
from bot.extension_modules import extension_names
from bot.failure_reports import tell
from bot.languages.known_languages import language_of
from bot.languages.spoken import speak
from bot.languages.translations import _, forget_catalogues, retold
from bot.model.shards import Shards
from bot.services.follows import pauses_to_tell
from bot.services.operating import reload_settings
from bot.services.reloads import Reloads

if TYPE_CHECKING:
    from bot.services.engine import Services

_log = structlog.get_logger(__name__)

TREE_KEY = "command_tree"
"""Key under which the store keeps the hash of the command tree that Discord has."""
SYNC_FIRST, SYNC_MAXIMUM = 60.0, 3600.0
"""Seconds until the command tree is sent again after a refusal: the first wait, and the longest."""
TELLING_S = 15.0
"""Seconds that closing waits for messages after commands, if the store is slow."""
CLOSING_S = 2.0
"""Seconds that closing waits for work that began when Discord was ready, and for answers in the making."""
CHANNEL_DELETED = "Its channel was deleted."
INTERACTION_TASKS = ("discord-ui-", "CommandTree-invoker")
"""How discord.py's names of tasks begin that answer an interaction (discord.ui.view, modal, app_commands.tree)."""

_UNKNOWN_GUILD = 10004
_MISSING_ACCESS = 50001
_NOT_A_MEMBER = {_UNKNOWN_GUILD, _MISSING_ACCESS}
"""Discord's error codes for a server that the bot is not in."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The modules that were loaded again, and those that failed and are as before."""

    loaded: tuple[str, ...]
    failed: tuple[str, ...]


class HearsayBot(commands.AutoShardedBot):
    """The bot. Everything that a command needs comes from `services`."""

    def __init__(
        self,
        services: "Services",
        *,
        extensions: str = "cogs",
        shards: Shards | None = None,
        limits: RequestLimits | None = None,
        **options: Any,
    ) -> None:
        """Take the services, the package whose modules are loaded as extensions, and the shards (None: all).

        `limits` are those of requests to Discord; by default those of this process alone.

        `options` go to discord.py, such as `guild_ready_timeout`.
        """
        if shards is not None:
            options = {"shard_ids": list(shards.ids), "shard_count": shards.count} | options
        without_voice()
        limits = limits or RequestLimits()
        trace = limits.trace()
        report_unclear_answers(trace, lambda: self.application_id)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=HearsayTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            **{"http_trace": trace} | options,
        )
        self._limits = limits
        self.services = services
        self.turns: dict[str, commands.CooldownMapping[Any]] = {}
        """How often each user made expensive uses (`cogs.turns`)."""
        self.started_at = services.clock()
        self._package = extensions
        self._looking: set[asyncio.Task[list[int]]] = set()
        self._looks_in_turn = asyncio.Lock()
        self._telling: set[asyncio.Task[None]] = set()
        self._closing = False
        self._syncing: asyncio.Task[None] | None = None
        self._reloads = Reloads(services)
        self._following: asyncio.Task[None] | None = None
        self.command_ids: dict[str, int] = {}
        """The ids that Discord gave the commands, so that mentions can be pressed. Empty until known."""

    async def setup_hook(self) -> None:
        """Load the extensions and send Discord the command tree, before the gateway connects."""
        for name in extension_names(self._package):
            if name not in self.extensions:  # they are loaded already if the login is retried
                await self.load_extension(name)
        await self.tree.set_translator(CommandTranslator())
        await self.sync_tree()
        async_context.set(MentioningAdapter(self._mentions))  # tasks that answer begin in this one
        if self._following is None:
            self._following = asyncio.create_task(self._reloads.follow(self._reload), name="reloads")

    def _mentions(self) -> dict[str, str]:
        """Return the mentions of all commands, by their names in the spoken language."""
        names = [one.qualified_name for one in self.tree.walk_commands() if isinstance(one, app_commands.Command)]
        return mentions(names, self.command_ids)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may connect, which other gateways do, too."""
        if not await self._limits.before_connecting():
            await super().before_identify_hook(shard_id, initial=initial)

    async def reload_everywhere(self) -> "Reloaded":
        """Load the code of the commands again, and let the other processes on this store reload, too."""
        reloaded = await self.reload_commands()
        await self._reloads.ask_others()
        return reloaded

    async def _reload(self) -> None:
        reload_settings(self.services)
        await self.reload_commands()

    async def reload_commands(self) -> "Reloaded":
        """Load the code of the commands again, and send Discord the command tree if it changed.

        A module that fails stays as it was.
        """
        package = self._package
        shared = [name for name in sys.modules if name.startswith(f"{package}.") and name not in self.extensions]
        before = {name: sys.modules.pop(name) for name in shared}  # what extensions share is loaded again by them
        loaded, failed = [], []
        for name in extension_names(package):
            try:
                await (self.reload_extension(name) if name in self.extensions else self.load_extension(name))
                loaded.append(name)
            except commands.ExtensionError:
                _log.exception("extension_not_reloaded", extension=name)
                failed.append(name)
        for name, module in before.items():
            sys.modules.setdefault(name, module)
        await self.sync_tree()
        return Reloaded(tuple(loaded), tuple(failed))

    async def sync_tree(self) -> bool:
        """Send Discord the command tree if it has changed since it was last sent. Return whether it was sent.

        If Discord refuses it, that is logged, and it is tried again with growing delays. The bot polls and posts
        in the meantime.
        """
        try:
            return await self._send_tree()
        except discord.HTTPException as error:
            _log.exception("command_tree_refused", status=error.status, code=error.code)
            if self._syncing is None or self._syncing.done():
                self._syncing = asyncio.create_task(self._sync_later(), name="command tree")
            return False

    async def _send_tree(self) -> bool:
        known = await self.services.store.installation.get(TREE_KEY)
        present = await self._tree_hash()
        if known == present:
            forget_catalogues()  # of all languages, which few bots need
            await self._learn_ids()
            return False
        synced = await self.tree.sync()
        self.command_ids = {one.name: one.id for one in synced}
        forget_catalogues()
        await self.services.store.installation.put(TREE_KEY, present)
        _log.info("command_tree_synced", commands=len(synced))
        return True

    async def _learn_ids(self) -> None:
        """Ask Discord for the ids of the commands. Without them commands are named, which works as well."""
        if self.command_ids or self.application_id is None:
            return
        with suppress(discord.HTTPException):
            self.command_ids = {one.name: one.id for one in await self.tree.fetch_commands()}

    async def _sync_later(self) -> None:
        """Send the command tree until Discord takes it, waiting longer after each failure."""
        pause = SYNC_FIRST
        while True:
            await asyncio.sleep(pause)
            pause = min(pause * 2, SYNC_MAXIMUM)
            try:
                await self._send_tree()
            except (discord.HTTPException, aiohttp.ClientError, OSError, StoreError) as error:
                _log.warning("command_tree_not_sent", error=str(error), again_in_seconds=pause)
            else:
                return

    async def _tree_hash(self) -> str:
        """Return a hash of the application's id and of its command tree, as Discord gets it in all languages."""
        translator = self.tree.translator or CommandTranslator()
        made = [await one.get_translated_payload(self.tree, translator) for one in self.tree.get_commands()]
        payload = sorted(made, key=lambda c: str(c["name"]))
        content = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()

    def is_connected(self) -> bool:
        """Return whether all shards are connected: discord.py says "ready" even while one is not."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def on_app_command_completion(
        self,
        interaction: discord.Interaction[Any],
        command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        """Count the command, and tell its user once which of their follows were paused."""
        self.services.metrics.commands.labels(command.qualified_name).inc()
        if self._closing:  # the store is about to be closed
            return
        telling = asyncio.create_task(self._tell_of_pauses(interaction), name="pauses told")
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)
        await telling

    async def _tell_of_pauses(self, interaction: discord.Interaction[Any]) -> None:
        speak(language_of(interaction.locale.value))
        if paused := await pauses_to_tell(self.services, interaction.user.id):
            sentence = _(
                "You are no longer told of {names}. {reason} `/following resume` goes on with it.",
                names=escaped(named(paused)),
                reason=retold(paused[0].paused_reason or ""),
            )
            await tell(interaction, sentence)

    async def on_ready(self) -> None:
        """Record which servers removed the bot while it was offline, and which have it again.

        Discord may say "ready" again before that is done.
        """
        looking = asyncio.create_task(self._look_at_guilds(), name="absent guilds")
        self._looking.add(looking)
        looking.add_done_callback(self._looking.discard)
        await looking

    async def _look_at_guilds(self) -> list[int]:
        async with self._looks_in_turn:
            await self.note_locales(self.guilds)
            return await self.note_absent_guilds()

    async def close(self) -> None:
        """Disconnect. The store is closed after this, so nothing uses it from now on."""
        self._closing = True
        if self._telling:  # each is one query; cancelled, it would leave its connection open
            await asyncio.wait(self._telling, timeout=TELLING_S)
        if self._looking:
            await asyncio.wait(self._looking, timeout=CLOSING_S)
        if answering := _tasks_of_interactions():
            await asyncio.wait(answering, timeout=CLOSING_S)
        others = (task for task in (self._syncing, self._following) if task is not None)
        running = [*self._telling, *self._looking, *others]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await super().close()

    async def note_locales(self, guilds: Iterable[discord.Guild]) -> None:
        """Store the locales of servers: digests are in their language unless another was chosen."""
        locales = {guild.id: guild.preferred_locale for guild in guilds}
        chosen = {
            i: None if locale is discord.Locale.american_english else locale.value for i, locale in locales.items()
        }
        await self.services.store.server_settings.note_locales(chosen)

    async def on_guild_update(self, _before: discord.Guild, after: discord.Guild) -> None:
        """Record that a server has another locale."""
        await self.note_locales([after])

    async def note_absent_guilds(self) -> list[int]:
        """Record the servers that the bot is no longer in: their rows are deleted in 30 days. Return their ids.

        Servers of this session are present, including unavailable ones. Discord is asked about every other server,
        which is absent only if Discord says that the bot is not in it. Servers of shards that run elsewhere are
        left alone.
        """
        of_session = {guild.id for guild in self.guilds}
        guilds = self.services.store.guilds
        for guild_id in await guilds.returned(of_session):
            _log.info("guild_returned", guild_id=guild_id)
        shards = self.shard_ids or range(self.shard_count or 1)
        absent = []
        for guild_id in sorted(await guilds.known() - of_session):
            if (guild_id >> 22) % (self.shard_count or 1) in shards and await self._has_left(guild_id):
                await self._note_departure(guild_id)
                absent.append(guild_id)
        return absent

    async def _note_departure(self, guild_id: int) -> None:
        await self.services.store.guilds.departed(guild_id, self.services.clock())
        _log.info("guild_departed", guild_id=guild_id)

    async def _has_left(self, guild_id: int) -> bool:
        try:
            await self.fetch_guild(guild_id, with_counts=False)
        except discord.HTTPException as error:
            if error.code in _NOT_A_MEMBER:
                return True
            _log.warning("guild_unclear", guild_id=guild_id, status=error.status, code=error.code)
        except (aiohttp.ClientError, OSError) as error:
            _log.warning("guild_unclear", guild_id=guild_id, reason=str(error))
        return False

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Record that a server removed the bot. Its rows are kept for 30 days: it may come back."""
        await self._note_departure(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Go on with a server that had removed the bot, where it left off."""
        await self.note_locales([guild])
        if await self.services.store.guilds.returned([guild.id]):
            _log.info("guild_returned", guild_id=guild.id)
            self.services.runner.wake()

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause the subscriptions of a deleted channel and note the reason."""
        await self._pause_channel(channel.guild.id, channel.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Pause the subscriptions of a deleted thread and note the reason."""
        await self._pause_channel(thread.guild_id, thread.thread_id)

    async def _pause_channel(self, guild_id: int, channel_id: int) -> None:
        await self.services.store.follows.pause(CHANNEL_DELETED, guild_id=guild_id, channel_id=channel_id)
        for subscription in await self.services.store.subscriptions.of_guild(guild_id):
            if subscription.plan.channel_id == channel_id and subscription.paused_reason is None:
                await self.services.store.subscriptions.pause(subscription.id, CHANNEL_DELETED)
                _log.info("subscription_paused", subscription_id=subscription.id, channel_id=channel_id)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """Log that the handler of a gateway event failed. Nobody waits for an answer."""
        _log.exception("event_failed", discord_event=event_method)


def _tasks_of_interactions() -> set[asyncio.Task[Any]]:
    """Return the tasks in which discord.py runs commands, buttons and forms, known by their names."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    return {one for one in others if one.get_name().startswith(INTERACTION_TASKS)}
