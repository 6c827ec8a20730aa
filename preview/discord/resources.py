"""REST: the gateway's address, the application, users, guilds, channels and their messages."""

from preview.discord.errors import RestError, invalid_form
from preview.discord.messages import change_message, mentions_in, new_message
from preview.discord.objects import EPHEMERAL, Channel, Json
from preview.discord.permissions import Permission
from preview.discord.routing import Answer, Call, Route

CROSSPOSTED = 1


def gateway(call: Call) -> Answer:
    """GET /gateway."""
    return Answer(body={"url": call.gateway_url})


def gateway_bot(call: Call) -> Answer:
    """GET /gateway/bot: the address and how many shards to open."""
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 16}
    return Answer(body={"url": call.gateway_url, "shards": call.shards, "session_start_limit": limit})


def application(call: Call) -> Answer:
    """GET /oauth2/applications/@me and /applications/@me."""
    world = call.world
    return Answer(
        body={
            "id": world.bot.id,
            "name": world.bot.name,
            "icon": None,
            "description": "",
            "type": None,
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": world.owner.to_json(),
            "team": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "approximate_guild_count": sum(guild.with_bot for guild in world.guilds.values()),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "eligible_oauth2_scopes": [],
        }
    )


def me(call: Call) -> Answer:
    """GET /users/@me."""
    return Answer(body=call.world.bot.to_json() | {"mfa_enabled": False, "locale": "en-US"})


def user(call: Call) -> Answer:
    """GET /users/{id}."""
    found = call.world.users.get(call.part["user_id"])
    if found is None:
        raise RestError(404, 10013, "Unknown User")
    return Answer(body=found.to_json())


def open_direct_messages(call: Call) -> Answer:
    """POST /users/@me/channels."""
    found = call.world.users.get(str(call.sent.get("recipient_id")))
    if found is None or found.bot:
        raise invalid_form(["recipient_id: no such person"])
    return Answer(body=call.world.direct_messages(found).to_json())


def leave_guild(call: Call) -> Answer:
    """DELETE /users/@me/guilds/{id}."""
    call.world.remove_bot(call.guild())
    return Answer(204)


def guild(call: Call) -> Answer:
    """GET /guilds/{id}."""
    found = call.guild()
    made = found.to_json()
    if call.query.get("with_counts") in ("1", "true", "True"):
        made |= {"approximate_member_count": len(found.members), "approximate_presence_count": 1}
    return Answer(body=made)


def guild_channels(call: Call) -> Answer:
    """GET /guilds/{id}/channels."""
    return Answer(body=[channel.to_json() for channel in call.guild().channels.values()])


def guild_roles(call: Call) -> Answer:
    """GET /guilds/{id}/roles."""
    return Answer(body=[role.to_json() for role in call.guild().roles.values()])


def need(channel: Channel, call: Call, *needed: Permission) -> None:
    """Raise Discord's refusal if the bot cannot see the channel, or lacks one of the permissions there."""
    held = channel.permissions_of(call.world.bot)
    if not held & Permission.VIEW_CHANNEL:
        raise RestError(403, 50001, "Missing Access")
    if any(not held & one for one in needed):
        raise RestError(403, 50013, "Missing Permissions")


def _need_open(call: Call, channel: Channel) -> None:
    """Refuse to write to people who take no direct messages, or share no guild with the bot."""
    if channel.recipient is not None and channel.recipient.closed:
        raise RestError(403, 50007, "Cannot send messages to this user")
    if channel.recipient is not None and not call.world.can_be_written_to(channel.recipient):
        raise RestError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")


def channel(call: Call) -> Answer:
    """GET /channels/{id}."""
    found = call.channel()
    need(found, call)
    return Answer(body=found.to_json())


def typing(call: Call) -> Answer:
    """POST /channels/{id}/typing."""
    need(call.channel(), call, Permission.SEND_MESSAGES)
    return Answer(204)


def history(call: Call) -> Answer:
    """GET /channels/{id}/messages: newest first, at most `limit`, by `before`, `after` or `around`."""
    found = call.channel()
    need(found, call)
    limit = call.query.get("limit", "50")
    if not limit.isdigit() or not 1 <= int(limit) <= 100:
        raise invalid_form(["limit: must be 1 to 100"])
    marks = {name: call.query[name] for name in ("around", "before", "after") if name in call.query}
    if len(marks) > 1 or not all(mark.isdigit() for mark in marks.values()):
        raise invalid_form(["around, before and after: one of them, a snowflake"])
    if not found.permissions_of(call.world.bot) & Permission.READ_MESSAGE_HISTORY:
        return Answer(body=[])
    kept = _slice(found.history, int(limit), {name: int(mark) for name, mark in marks.items()})
    return Answer(body=kept[::-1])


def _slice(messages: list[Json], limit: int, marks: dict[str, int]) -> list[Json]:
    """Return the requested part of the messages (oldest first)."""
    if "before" in marks:
        return [one for one in messages if int(one["id"]) < marks["before"]][-limit:]
    if "after" in marks:
        return [one for one in messages if int(one["id"]) > marks["after"]][:limit]
    if "around" in marks:
        older = [one for one in messages if int(one["id"]) <= marks["around"]][-(limit // 2 + 1) :]
        newer = [one for one in messages if int(one["id"]) > marks["around"]][: limit // 2]
        return (older + newer)[-limit:]
    return messages[-limit:]


def post_message(call: Call) -> Answer:
    """POST /channels/{id}/messages: `nonce` with `enforce_nonce` returns the earlier message."""
    found, sent, world = call.channel(), call.sent, call.world
    _need_open(call, found)
    if found.forum is not None:
        raise RestError(400, 50008, "Cannot send messages in a non-text channel")
    needed = [Permission.SEND_MESSAGES_IN_THREADS if found.thread else Permission.SEND_MESSAGES]
    needed += [Permission.EMBED_LINKS] if sent.get("embeds") else []
    needed += [Permission.ATTACH_FILES] if call.files else []
    need(found, call, *needed)
    closed_thread_opened(call, found)
    nonce = str(sent["nonce"]) if sent.get("nonce") is not None and sent.get("enforce_nonce") else None
    earlier = world.message_with_nonce(found, nonce) if nonce is not None else None
    if earlier is not None:
        return Answer(body=earlier)
    message = made_message(call, found, sent)
    message["flags"] &= ~EPHEMERAL
    if sent.get("message_reference"):
        reference = sent["message_reference"]
        message |= {"type": 19, "message_reference": {"type": 0, "channel_id": found.id} | reference}
    if nonce is not None:
        world.remember_nonce(found, nonce, message)
    world.post(found, message)
    return Answer(body=message)


def closed_thread_opened(call: Call, found: Channel) -> None:
    """Open a thread that rests, as Discord does for a new message. Raise its refusal for a locked one."""
    if found.thread is None:
        return
    if found.thread.locked and not found.permissions_of(call.world.bot) & Permission.MANAGE_THREADS:
        raise RestError(403, 160005, "Thread is locked")
    if found.thread.archived:
        call.world.change_thread(found, archived=False)


def made_message(call: Call, found: Channel, sent: Json) -> Json:
    """Return the bot's message that `sent` describes, with the request's files; it is not posted yet."""
    world = call.world
    message = new_message(world.snowflakes.next(), found.id, world.bot, sent, world.clock())
    everyone = bool(found.permissions_of(world.bot) & Permission.MENTION_EVERYONE)
    allowed = sent.get("allowed_mentions")
    message |= mentions_in(message["content"], allowed, world.users, may_ping_everyone=everyone)
    message["attachments"] = attachments(call, sent.get("attachments") or [])
    return message


def attachments(call: Call, described: list[Json]) -> list[Json]:
    """Keep the files of the request and return the attachments that show them."""
    made = []
    for number, (name, kind, content) in enumerate(call.files):
        file_id = call.world.snowflakes.next()
        call.world.files[file_id] = (kind, content)
        url = f"{call.api_base}/files/{file_id}/{name}"
        attachment: Json = {"id": file_id, "filename": name, "size": len(content), "url": url, "proxy_url": url}
        attachment["content_type"] = kind
        told = next((one for one in described if str(one.get("id")) == str(number)), {})
        if told.get("description"):
            attachment["description"] = told["description"]
        made.append(attachment)
    return made


def file(call: Call) -> Answer:
    """GET a file that was sent with a message."""
    found = call.world.files.get(call.part["file_id"])
    if found is None:
        raise RestError(404)
    return Answer(raw=found)


def _message(call: Call) -> tuple[Channel, Json]:
    found = call.channel()
    need(found, call)
    message = found.message(call.part["message_id"])
    if message is None:
        raise RestError(404, 10008, "Unknown Message")
    return found, message


def message(call: Call) -> Answer:
    """GET /channels/{id}/messages/{id}."""
    return Answer(body=_message(call)[1])


def edit_message(call: Call) -> Answer:
    """PATCH /channels/{id}/messages/{id}."""
    found, message = _message(call)
    if message["author"]["id"] != call.world.bot.id:
        raise RestError(403, 50005, "Cannot edit a message authored by another user")
    if found.thread is not None and found.thread.archived:
        raise RestError(400, 50083, "Thread is archived")
    apply_edit(call, found, message)
    return Answer(body=message)


def publish_message(call: Call) -> Answer:
    """POST /channels/{id}/messages/{id}/crosspost."""
    found, message = _message(call)
    if not found.announces:
        raise RestError(400, 50024, "Cannot execute action on this channel type")
    message["flags"] |= CROSSPOSTED
    call.world.changed(found, message)
    return Answer(body=message)


def apply_edit(call: Call, found: Channel, message: Json) -> None:
    """Change the message as the body asks, and send the event."""
    change_message(message, call.sent)
    message["attachments"] += attachments(call, call.sent.get("attachments") or [])
    message["edited_timestamp"] = call.world.clock().isoformat()
    call.world.changed(found, message)


def delete_message(call: Call) -> Answer:
    """DELETE /channels/{id}/messages/{id}."""
    found, message = _message(call)
    if message["author"]["id"] != call.world.bot.id:
        need(found, call, Permission.MANAGE_MESSAGES)
    call.world.delete_message(found, message)
    return Answer(204)


ROUTES = [
    Route("GET", "/gateway", gateway, open=True),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/applications/@me", application),
    Route("GET", "/users/@me", me),
    Route("POST", "/users/@me/channels", open_direct_messages),
    Route("DELETE", "/users/@me/guilds/{guild_id}", leave_guild),
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", guild_channels),
    Route("GET", "/guilds/{guild_id}/roles", guild_roles),
    Route("GET", "/channels/{channel_id}", channel),
    Route("POST", "/channels/{channel_id}/typing", typing),
    Route("GET", "/channels/{channel_id}/messages", history),
    Route("POST", "/channels/{channel_id}/messages", post_message),
    Route("GET", "/channels/{channel_id}/messages/{message_id}", message),
    Route("PATCH", "/channels/{channel_id}/messages/{message_id}", edit_message),
    Route("DELETE", "/channels/{channel_id}/messages/{message_id}", delete_message),
    Route("POST", "/channels/{channel_id}/messages/{message_id}/crosspost", publish_message),
    Route("GET", "/files/{file_id}/{name}", file, open=True),
]
