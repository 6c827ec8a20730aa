"""What a person does in Discord: commands, autocompletion, buttons, selects, modals."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from preview.discord.errors import (
    CommandHidden,
    LocalDiscordError,
    NoSuchCommand,
    NoSuchComponent,
    NotAnswered,
    NotVisible,
    OptionRefused,
)
from preview.discord.gateway import Gateway
from preview.discord.interactions import Interaction, Kind
from preview.discord.messages import (
    BUTTON,
    CHANNEL_SELECT,
    LABEL,
    LINK_STYLE,
    RADIO_GROUP,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT_INPUT,
    all_components,
    new_message,
)
from preview.discord.objects import Channel, File, Guild, Json, User
from preview.discord.options import command_named, data_of, may_see, resolved_of
from preview.discord.permissions import Permission
from preview.discord.reply import Reply
from preview.discord.world import World

Message = Json | Reply
"""A message as an API object, or the reply that contains it."""


@dataclass(slots=True, eq=False)
class Person:
    """A person at the keyboard. Waits end after `patience` seconds with an error that says what was expected."""

    user: User
    world: World
    gateway: Gateway
    deadline: float
    patience: float

    @property
    def dm(self) -> Channel:
        """The direct messages between this person and the bot."""
        return self.world.direct_messages(self.user)

    def dm_with(self, other: "Person") -> Channel:
        """The direct messages between this person and another one, in which the bot takes no part."""
        return self.world.direct_messages(self.user, other.user)

    def install(self) -> None:
        """Install the application for themselves, so that its commands for users are offered everywhere."""
        self.user.installed = True

    def close_direct_messages(self, *, closed: bool = True) -> None:
        """Take no direct messages from the bot, or with `closed` False take them again."""
        self.user.closed = closed

    def leave(self, guild: Guild) -> None:
        """Leave a guild. Without the members intent, the bot is not told."""
        guild.members.pop(self.user.id)

    def says(self, channel: Channel, content: str) -> Json:
        """Write a message into the channel and return it."""
        self._see(channel)
        world = self.world
        message = new_message(world.snowflakes.next(), channel.id, self.user, {"content": content}, world.clock())
        world.post(channel, message)
        return message

    # Commands

    async def slash(self, channel: Channel, command: str, /, **options: Any) -> Reply:
        """Use a command, such as `slash(channel, "feed add", url="…")`, and return the first response.

        If it is deferred, `await reply.done()` waits for the rest. Channels, people and files are given as
        `Channel`, `User` (or `Person`) and `File`. Raises `NoSuchCommand` if the command is not registered in
        time, `CommandHidden` if this person cannot see it, `OptionRefused` for what cannot be typed into it, and
        `NotAnswered` if the application does not answer within its three seconds.
        """
        root, *path = command.split()
        found = await self._command(channel, root, 1)
        options = {
            name: self.world.keep(value) if isinstance(value, File) else value for name, value in options.items()
        }
        data = data_of(found, path, _given(options))
        self._resolve(data, options.values())
        return await self._do(Kind.COMMAND, channel, data, what=f"/{command}")

    async def autocomplete(self, channel: Channel, command: str, /, *, focused: str, **options: Any) -> Reply:
        """Type into the option `focused` of a command. The reply's `choices` are the suggestions."""
        root, *path = command.split()
        found = await self._command(channel, root, 1)
        data = data_of(found, path, _given(options), focused)
        return await self._do(Kind.AUTOCOMPLETE, channel, data, what=f"autocompletion of /{command}")

    async def message_menu(self, channel: Channel, name: str, message: Message) -> Reply:
        """Use a command of a message's context menu."""
        found = await self._command(channel, name, 3)
        shown = self._shown(message)[0]
        data = {"id": found["id"], "name": name, "type": 3, "target_id": shown["id"]}
        data["resolved"] = {"messages": {shown["id"]: shown}}
        return await self._do(Kind.COMMAND, channel, data, what=f"the message command {name!r}")

    async def user_menu(self, channel: Channel, name: str, target: "User | Person") -> Reply:
        """Use a command of a user's context menu."""
        found = await self._command(channel, name, 2)
        user = target.user if isinstance(target, Person) else target
        data: Json = {"id": found["id"], "name": name, "type": 2, "target_id": user.id}
        data["resolved"] = {"users": {user.id: user.to_json()}}
        self._add_members(channel, data["resolved"])
        return await self._do(Kind.COMMAND, channel, data, what=f"the user command {name!r}")

    async def _command(self, channel: Channel, name: str, kind: int) -> Json:
        held = self._see(channel)
        guild_id = channel.guild.id if channel.guild else None
        found = await self.world.changes.until(
            lambda: command_named(self.world.commands.values(), name, kind, guild_id),
            seconds=self.patience,
            what=f"the command {name!r} to be registered",
            error=NoSuchCommand,
        )
        contexts = found.get("contexts")
        if contexts is not None and channel.context not in contexts:
            raise CommandHidden(f"/{name} is not offered in this kind of channel.")
        if not self._is_installed(found, channel):
            raise CommandHidden(f"Nobody has installed the application so that /{name} is offered here.")
        if channel.guild and not held & Permission.USE_APPLICATION_COMMANDS:
            raise CommandHidden(f"{self.user.name} may not use commands in #{channel.name}.")
        if channel.guild and not may_see(found, held):
            raise CommandHidden(f"{self.user.name} lacks the permissions to use /{name}.")
        return found

    def _is_installed(self, command: Json, channel: Channel) -> bool:
        """Return whether the guild or the person has installed the application as the command allows."""
        ways = command.get("integration_types") or [0]
        by_guild = channel.guild.with_bot if channel.guild else channel.context == 1
        return (0 in ways and by_guild) or (1 in ways and self.user.installed)

    # Components

    async def click(self, message: Message, button: str) -> Reply:
        """Press the button with this custom_id or label."""
        shown, channel = self._shown(message)
        found = _component(shown, button, {BUTTON})
        if found.get("style") == LINK_STYLE:
            raise NoSuchComponent(f"{button!r} is a link to {found.get('url')}.")
        data = {"custom_id": found["custom_id"], "component_type": BUTTON, "id": found["id"]}
        return await self._do(Kind.COMPONENT, channel, data, shown, what=f"the button {button!r}")

    async def choose(self, message: Message, select: str, values: Sequence[Any] | str | Channel | User) -> Reply:
        """Choose in the select with this custom_id or placeholder: values or labels, channels, or people."""
        shown, channel = self._shown(message)
        found = _component(shown, select, SELECTS)
        data = self._chosen(found, values)
        data = {"custom_id": found["custom_id"], "component_type": found["type"], "id": found["id"]} | data
        return await self._do(Kind.COMPONENT, channel, data, shown, what=f"the select {select!r}")

    def _chosen(self, select: Json, values: Sequence[Any] | str | Channel | User) -> Json:
        """Return the members `values` and `resolved`. Raises `OptionRefused`."""
        listed = [values] if isinstance(values, str | Channel | User | Person) else list(values)
        listed = list(_given(dict(enumerate(listed))).values())
        least, most = select.get("min_values", 1), select.get("max_values", 1)
        if not least <= len(listed) <= most:
            raise OptionRefused(f"{select['custom_id']!r} takes {least} to {most} values, not {len(listed)}.")
        if select["type"] == STRING_SELECT:
            return {"values": [_value_of(select, str(value)) for value in listed]}
        kind = Channel if select["type"] == CHANNEL_SELECT else User
        chosen = [one for one in listed if isinstance(one, Channel | User) and isinstance(one, kind)]
        if len(chosen) < len(listed):
            raise OptionRefused(f"{select['custom_id']!r} takes values of kind {kind.__name__}.")
        data: Json = {"values": [one.id for one in chosen]}
        self._resolve(data, listed)
        return data

    async def submit(self, reply: Reply, **values: Any) -> Reply:
        """Fill in the modal that `reply` opened, by custom_id or label of its fields, and send it."""
        modal = reply.modal
        interaction = reply.interaction
        fields = [
            one
            for one in all_components(modal["components"])
            if one["type"] in {TEXT_INPUT, RADIO_GROUP, *SELECTS}
        ]
        labels = {
            (one.get("component") or {}).get("custom_id"): one.get("label")
            for one in modal["components"]
            if one["type"] == LABEL
        }
        filled: dict[str, Json] = {}
        resolved: Json = {}
        for field in fields:
            names = {field["custom_id"], field.get("label"), labels.get(field["custom_id"])}
            given = next((values.pop(name) for name in list(values) if name in names), None)
            sent = self._filled(field, given)
            for kind, things in sent.pop("resolved", {}).items():
                resolved.setdefault(kind, {}).update(things)
            filled[field["custom_id"]] = sent
        if values:
            raise NoSuchComponent(f"The modal {modal['title']!r} has no field {', '.join(values)}.")
        rows = []
        for number, row in enumerate(modal["components"], 1):
            inner = [row["component"]] if "component" in row else row.get("components") or []
            sent_inner = [filled[one["custom_id"]] for one in inner if one.get("custom_id") in filled]
            if row["type"] == ROW:
                rows.append({"type": ROW, "id": number, "components": sent_inner})
            elif sent_inner:
                rows.append({"type": row["type"], "id": number, "component": sent_inner[0]})
        data: Json = {"custom_id": modal["custom_id"], "components": rows}
        if resolved:
            data["resolved"] = resolved
        what = f"the modal {modal['title']!r}"
        return await self._do(Kind.MODAL, interaction.channel, data, interaction.message, what=what)

    def _filled(self, field: Json, given: Any) -> Json:
        made: Json = {"type": field["type"], "id": 0, "custom_id": field["custom_id"]}
        if field["type"] == RADIO_GROUP:
            nothing = given is None and not field.get("required", True)
            return made | {"value": None if nothing else _value_of(field, str(given))}
        if field["type"] != TEXT_INPUT:
            nothing = given is None and not field.get("required", True)
            chosen = {"values": []} if nothing else self._chosen(field, given if given is not None else [])
            return made | chosen
        text = field.get("value") or "" if given is None else str(given)
        least, most = field.get("min_length") or 0, field.get("max_length") or 4000
        required = field.get("required", True)
        if (required and not text) or (text and not least <= len(text) <= most):
            raise OptionRefused(f"The field {field['custom_id']!r} takes {least or 1} to {most} characters.")
        return made | {"value": text}

    # Shared by the above

    def _see(self, channel: Channel) -> Permission:
        held = channel.permissions_of(self.user)
        if channel.gone or not held & Permission.VIEW_CHANNEL:
            raise NotVisible(f"{self.user.name} cannot see #{channel.name}.")
        return held

    def _shown(self, message: Message) -> tuple[Json, Channel]:
        """Return the message as it is now, and its channel. Raises `NotVisible`."""
        asked = message.message if isinstance(message, Reply) else message
        channel = self.world.channels.get(asked["channel_id"])
        if channel is None:
            raise NotVisible("The channel of the message was deleted.")
        self._see(channel)
        private = self.world.private.get(asked["id"])
        if private is not None and private[1] is self.user:
            return private[0], channel
        found = channel.message(asked["id"])
        if found is None:
            raise NotVisible(f"{self.user.name} cannot see this message.")
        return found, channel

    def _resolve(self, data: Json, things: Any) -> None:
        things = list(_given(dict(enumerate(things))).values())
        channels = {one.id: one.permissions_of(self.user) for one in things if isinstance(one, Channel)}
        for one in things:
            if isinstance(one, Channel):
                self._see(one)
        resolved = resolved_of(things, channels)
        guild = next((one.guild for one in things if isinstance(one, Channel)), None)
        if resolved:
            data["resolved"] = resolved
            if guild is not None:
                self._add_members(guild.channels[next(iter(channels))], resolved)

    def _add_members(self, channel: Channel, resolved: Json) -> None:
        guild = channel.guild
        for user_id in resolved.get("users", {}):
            if guild is not None and user_id in guild.members:
                member = guild.members[user_id].to_json(with_user=False)
                member["permissions"] = str(int(channel.permissions_of(guild.members[user_id].user)))
                resolved.setdefault("members", {})[user_id] = member

    async def _do(
        self, kind: Kind, channel: Channel, data: Json, message: Json | None = None, *, what: str
    ) -> Reply:
        """Tell the client what was done, and wait for its first response."""
        self._see(channel)
        world = self.world
        if not self.gateway.ready():
            raise LocalDiscordError("No client is connected; `await discord.ready()` waits for one.")
        if kind is not Kind.COMMAND and channel.guild and "resolved" in data:
            self._add_members(channel, data["resolved"])
        born = asyncio.get_running_loop().time()
        made = Interaction(world.snowflakes.next(), kind, self.user, channel, data, born, world.clock(), message)
        world.interactions[made.id] = made
        guild_id = channel.guild.id if channel.guild else None
        self.gateway.announce("INTERACTION_CREATE", made.payload(world.bot.id, world.bot), guild_id)
        await world.changes.until(
            lambda: made.answer is not None or made.too_late,
            seconds=self.deadline,
            what=f"an answer to {what}",
            error=NotAnswered,
        )
        if made.too_late:
            raise NotAnswered(f"The answer to {what} came after {self.deadline:g} seconds.")
        return Reply(made, world.changes, what=what, patience=self.patience)


def _given(options: dict[Any, Any]) -> dict[Any, Any]:
    """Return the options with each `Person` replaced by their user."""
    return {name: value.user if isinstance(value, Person) else value for name, value in options.items()}


def _component(message: Json, wanted: str, kinds: set[int]) -> Json:
    """Return the enabled component of these kinds with this custom_id, label or placeholder."""
    every = [one for one in all_components(message["components"]) if one["type"] in kinds]
    for member in ("custom_id", "label", "placeholder"):
        for one in every:
            if one.get(member) == wanted:
                if one.get("disabled"):
                    raise NoSuchComponent(f"{wanted!r} is disabled.")
                return one
    there = ", ".join(repr(one.get("label") or one.get("custom_id")) for one in every) or "none"
    raise NoSuchComponent(f"The message has no {wanted!r}; it has: {there}.")


def _value_of(select: Json, wanted: str) -> str:
    for option in select["options"]:
        if wanted in (option["value"], option["label"]):
            return str(option["value"])
    listed = ", ".join(repr(option["label"]) for option in select["options"])
    raise OptionRefused(f"{select['custom_id']!r} has no option {wanted!r}; it has: {listed}.")
