"""Turns a command typed by a person into the bot's event; refuses whatever Discord's own client refuses."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from preview.discord.errors import NoSuchCommand, OptionRefused
from preview.discord.objects import Channel, Json, Role, Upload, User
from preview.discord.permissions import Permission


class OptionKind(IntEnum):
    """The types of options."""

    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


_GROUPING = (OptionKind.SUBCOMMAND, OptionKind.GROUP)


def command_named(commands: Iterable[Json], name: str, kind: int, guild_id: str | None) -> Json | None:
    """Return the command with this name that is visible in the guild; the guild's own wins over a global one."""
    fitting = [one for one in commands if one["name"] == name and one["type"] == kind]
    own = [one for one in fitting if guild_id is not None and one.get("guild_id") == guild_id]
    return next(iter(own or [one for one in fitting if "guild_id" not in one]), None)


def may_see(command: Json, permissions: Permission) -> bool:
    """Return whether a member with these permissions sees the command."""
    needed = command.get("default_member_permissions")
    if needed is None or permissions & Permission.ADMINISTRATOR:
        return True
    # "0" hides a command from everyone but administrators.
    return int(needed) != 0 and int(permissions) & int(needed) == int(needed)


def options_at(command: Json, path: list[str]) -> list[Json]:
    """Return the options of a command, or of a subcommand in it. Raises `NoSuchCommand`."""
    here = command
    for name in path:
        inner = here.get("options") or []
        found = next((one for one in inner if one["name"] == name and one["type"] in _GROUPING), None)
        if found is None:
            raise NoSuchCommand(f"/{command['name']} has no subcommand {name!r}.")
        here = found
    options: list[Json] = here.get("options") or []
    if any(option["type"] in _GROUPING for option in options):
        raise NoSuchCommand(f"/{' '.join([command['name'], *path])} is a group: name one of its subcommands.")
    return options


def resolved_of(things: Iterable[object], user_permissions: Mapping[str, Permission]) -> Json:
    """Return the member `resolved` for the chosen channels, roles and users and the attached files."""
    made: Json = {}
    for thing in things:
        if isinstance(thing, Channel):
            shown = thing.to_json()
            shown = {name: shown[name] for name in ("id", "name", "type", "parent_id", "flags") if name in shown}
            shown["permissions"] = str(int(user_permissions.get(thing.id, Permission.NONE)))
            made.setdefault("channels", {})[thing.id] = shown
        elif isinstance(thing, User):
            made.setdefault("users", {})[thing.id] = thing.to_json()
        elif isinstance(thing, Role):
            made.setdefault("roles", {})[thing.id] = thing.to_json()
        elif isinstance(thing, Upload):
            made.setdefault("attachments", {})[thing.id] = thing.shown
    return made


def data_of(command: Json, path: list[str], given: Mapping[str, Any], focused: str | None = None) -> Json:
    """Return the member `data` of the interaction.

    With `focused` it is for autocompletion: missing options are left out, and values are sent unchecked. Raises
    `OptionRefused` for what a person cannot send, `NoSuchCommand` for an unknown subcommand.
    """
    known = {option["name"]: option for option in options_at(command, path)}
    where = "/" + " ".join([command["name"], *path])
    for name in [*given, *([focused] if focused else [])]:
        if name not in known:
            raise OptionRefused(f"{where} has no option {name!r}; it has: {', '.join(known) or 'none'}.")
    sent = _filled(known, given) if focused is None else _half_typed(known, given, focused)
    kind = OptionKind.SUBCOMMAND
    for name in reversed(path):
        sent, kind = [{"name": name, "type": int(kind), "options": sent}], OptionKind.GROUP
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if sent:
        data["options"] = sent
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    return data


def _filled(known: Mapping[str, Json], given: Mapping[str, Any]) -> list[Json]:
    sent: list[Json] = []
    for name, option in known.items():
        if given.get(name) is not None:
            sent.append({"name": name, "type": option["type"], "value": _wire(_checked(option, given[name]))})
        elif option.get("required"):
            raise OptionRefused(f"The option {name!r} is required.")
    return sent


def _half_typed(known: Mapping[str, Json], given: Mapping[str, Any], focused: str) -> list[Json]:
    if not known[focused].get("autocomplete"):
        raise OptionRefused(f"The option {focused!r} has no autocompletion.")
    typed = {focused: "", **given}
    return [
        {"name": name, "type": option["type"], "value": _wire(typed[name])}
        | ({"focused": True} if name == focused else {})
        for name, option in known.items()
        if typed.get(name) is not None
    ]


def _wire(value: object) -> object:
    return value.id if isinstance(value, Channel | Role | User | Upload) else value


def _checked(option: Json, value: Any) -> Any:
    """Return the value as it is sent. Raises `OptionRefused` if Discord's client would not send it."""
    name, kind = option["name"], OptionKind(option["type"])
    choices = option.get("choices") or []
    if choices:
        for choice in choices:
            if value in (choice["name"], choice["value"]):
                return choice["value"]
        listed = ", ".join(choice["name"] for choice in choices)
        raise OptionRefused(f"The option {name!r} takes one of: {listed}; not {value!r}.")
    expected: dict[OptionKind, type | tuple[type, ...]] = {
        OptionKind.STRING: str,
        OptionKind.INTEGER: int,
        OptionKind.NUMBER: (int, float),
        OptionKind.BOOLEAN: bool,
        OptionKind.USER: User,
        OptionKind.CHANNEL: Channel,
        OptionKind.ROLE: Role,
        OptionKind.MENTIONABLE: User,
        OptionKind.ATTACHMENT: Upload,
    }
    wanted = expected.get(kind)
    is_flag = isinstance(value, bool) and kind is not OptionKind.BOOLEAN
    if wanted is None or is_flag or not isinstance(value, wanted):
        raise OptionRefused(f"The option {name!r} of type {kind.name.lower()} cannot be {value!r}.")
    if isinstance(value, Channel) and 0 not in option.get("channel_types", [0]):
        raise OptionRefused(f"The option {name!r} takes no text channel.")
    if isinstance(value, str):
        _within(name, len(value), option.get("min_length"), option.get("max_length", 6000), "characters")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        _within(name, value, option.get("min_value"), option.get("max_value"), "")
    return value


def _within(name: str, size: float, least: float | None, most: float | None, unit: str) -> None:
    if (least is not None and size < least) or (most is not None and size > most):
        raise OptionRefused(f"The option {name!r} must be from {least} to {most} {unit}; it is {size}.")
