"""REST: the application's commands, global and of single guilds."""

from preview.discord.errors import RestError
from preview.discord.objects import Json
from preview.discord.routing import Answer, Call, Route


def _scope(call: Call) -> str | None:
    """Return the guild of the path, or nothing for global commands."""
    if call.part["application_id"] != call.world.bot.id:
        raise RestError(403, 20012, "You are not authorized to perform this action on this application")
    if "guild_id" not in call.part:
        return None
    guild = call.world.guilds.get(call.part["guild_id"])
    if guild is None or not guild.with_bot:
        raise RestError(403, 50001, "Missing Access")
    return guild.id


def _of_scope(call: Call) -> list[Json]:
    scope = _scope(call)
    return [command for command in call.world.commands.values() if command.get("guild_id") == scope]


def _made(call: Call, sent: Json, command_id: str) -> Json:
    world, scope = call.world, _scope(call)
    made = {name: value for name, value in sent.items() if value is not None}
    needed = sent.get("default_member_permissions")
    made |= {
        "id": command_id,
        "application_id": world.bot.id,
        "version": world.snowflakes.next(),
        "type": sent.get("type") or 1,
        "description": sent.get("description") or "",
        "default_member_permissions": None if needed is None else str(needed),
    }
    if scope is not None:
        made["guild_id"] = scope
    return made


def _same(call: Call, sent: Json) -> Json | None:
    """Return the command of the same type and name in this scope."""
    key = (sent.get("type") or 1, sent.get("name"))
    return next((one for one in _of_scope(call) if (one["type"], one["name"]) == key), None)


def list_commands(call: Call) -> Answer:
    """GET …/commands."""
    return Answer(body=_of_scope(call))


def replace_commands(call: Call) -> Answer:
    """PUT …/commands: commands missing from the list are deleted; those with the same name keep their ids."""
    world = call.world
    sent = call.body if isinstance(call.body, list) else []
    made = []
    for one in sent:
        old = _same(call, one)
        made.append(_made(call, one, old["id"] if old else world.snowflakes.next()))
    for old in _of_scope(call):
        del world.commands[old["id"]]
    world.commands |= {command["id"]: command for command in made}
    world.changes.tell()
    return Answer(body=made)


def create_command(call: Call) -> Answer:
    """POST …/commands: a command of the same name is replaced."""
    world = call.world
    old = _same(call, call.sent)
    made = _made(call, call.sent, old["id"] if old else world.snowflakes.next())
    world.commands[made["id"]] = made
    world.changes.tell()
    return Answer(200 if old else 201, made)


def _command(call: Call) -> Json:
    found = next((one for one in _of_scope(call) if one["id"] == call.part["command_id"]), None)
    if found is None:
        raise RestError(404, 10063, "Unknown application command")
    return found


def command(call: Call) -> Answer:
    """GET …/commands/{id}."""
    return Answer(body=_command(call))


def edit_command(call: Call) -> Answer:
    """PATCH …/commands/{id}."""
    old = _command(call)
    made = _made(call, old | call.sent, old["id"])
    call.world.commands[made["id"]] = made
    call.world.changes.tell()
    return Answer(body=made)


def delete_command(call: Call) -> Answer:
    """DELETE …/commands/{id}."""
    del call.world.commands[_command(call)["id"]]
    call.world.changes.tell()
    return Answer(204)


ROUTES = [
    Route(method, scope + rest, handler)
    for scope in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}")
    for method, rest, handler in (
        ("GET", "/commands", list_commands),
        ("PUT", "/commands", replace_commands),
        ("POST", "/commands", create_command),
        ("GET", "/commands/{command_id}", command),
        ("PATCH", "/commands/{command_id}", edit_command),
        ("DELETE", "/commands/{command_id}", delete_command),
    )
]
