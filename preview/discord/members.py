"""REST: members of guilds: their roles, and the bot's name and appearance in a guild."""

from preview.discord.errors import RestError, invalid_form
from preview.discord.objects import Guild, Json, Member, Role
from preview.discord.permissions import Permission
from preview.discord.routing import Answer, Call, Route

_LONGEST = {"nick": 32, "bio": 190}


def guild_member(call: Call) -> Answer:
    """GET /guilds/{id}/members/{id}."""
    return Answer(body=_member(call).to_json())


def _member(call: Call) -> Member:
    found = call.guild().members.get(call.part["user_id"])
    if found is None:
        raise RestError(404, 10007, "Unknown Member")
    return found


def change_own_member(call: Call) -> Answer:
    """PATCH /guilds/{id}/members/@me: nickname, pictures and description in this guild."""
    guild, world = call.guild(), call.world
    member, sent = guild.members[world.bot.id], call.sent
    if "nick" in sent and not guild.permissions_of(world.bot) & Permission.CHANGE_NICKNAME:
        raise RestError(403, 50013, "Missing Permissions")
    for name, most in _LONGEST.items():
        if len(sent.get(name) or "") > most:
            raise invalid_form([f"{name}: at most {most} characters"])
    for name in ("avatar", "banner"):
        if sent.get(name) is not None and not str(sent[name]).startswith("data:image/"):
            raise invalid_form([f"{name}: must be a picture as a data address"])
    changed: Json = {name: sent[name] or None for name in ("nick", "avatar", "banner") if name in sent}
    for name in ("avatar", "banner"):
        if changed.get(name) is not None:
            changed[name] = f"{hash(changed[name]) & (2**128 - 1):032x}"
    member.profile |= changed
    if "bio" in sent:
        member.bio = sent["bio"] or None
    _tell(call, guild, member)
    return Answer(body=member.to_json())


def give_role(call: Call) -> Answer:
    """PUT /guilds/{id}/members/{id}/roles/{id}."""
    guild, member, role = _with_role(call)
    if role.id not in member.role_ids:
        member.role_ids.append(role.id)
    _tell(call, guild, member)
    return Answer(204)


def take_role(call: Call) -> Answer:
    """DELETE /guilds/{id}/members/{id}/roles/{id}."""
    guild, member, role = _with_role(call)
    if role.id in member.role_ids:
        member.role_ids.remove(role.id)
    _tell(call, guild, member)
    return Answer(204)


def _with_role(call: Call) -> tuple[Guild, Member, Role]:
    """Return guild, member and role of the path. Raises what Discord answers to who may not give this role."""
    guild, member = call.guild(), _member(call)
    role = guild.roles.get(call.part["role_id"])
    if role is None or role.id == guild.id:
        raise RestError(404, 10011, "Unknown Role")
    own = guild.members[call.world.bot.id]
    highest = max((guild.roles[one].position for one in own.role_ids), default=0)
    may = guild.permissions_of(call.world.bot) & Permission.MANAGE_ROLES
    if not may or role.managed_by is not None or role.position >= highest:
        raise RestError(403, 50013, "Missing Permissions")
    return guild, member, role


def _tell(call: Call, guild: Guild, member: Member) -> None:
    if member.user is call.world.bot:  # clients without the intent for members hear of themselves only
        call.world.announce("GUILD_MEMBER_UPDATE", member.to_json() | {"guild_id": guild.id}, guild.id)
    call.world.changes.tell()


ROUTES = [
    Route("PATCH", "/guilds/{guild_id}/members/@me", change_own_member),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
    Route("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", give_role),
    Route("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", take_role),
]
