"""REST: the posts of forum channels, and threads that rest or are locked."""

from preview.discord.errors import RestError, invalid_form
from preview.discord.objects import Channel, Json
from preview.discord.permissions import Permission
from preview.discord.resources import made_message, need
from preview.discord.routing import Answer, Call, Route


def checked_tags(forum: Channel, tag_ids: list[str]) -> list[str]:
    """Return the tags of a new post. Raises what Discord answers to unknown, missing or too many tags."""
    known = {tag["id"] for tag in forum.forum.tags} if forum.forum else set()
    if len(tag_ids) > 5 or not set(tag_ids) <= known:
        raise invalid_form(["applied_tags: at most five tags of this forum"])
    if forum.forum and forum.forum.requires_tag and not tag_ids:
        raise RestError(400, 40067, "A tag is required to create a forum post in this channel")
    return tag_ids


def open_post(call: Call) -> Answer:
    """POST /channels/{id}/threads, of a forum: a post with its first message."""
    forum, sent = call.channel(), call.sent
    if forum.forum is None:
        raise RestError(400, 50024, "Cannot execute action on this channel type")
    content: Json = sent["message"]
    need(forum, call, Permission.SEND_MESSAGES, *([Permission.EMBED_LINKS] if content.get("embeds") else []))
    tags = checked_tags(forum, [str(one) for one in sent.get("applied_tags") or []])
    message = made_message(call, forum, content)
    thread = call.world.open_post(forum, sent["name"], call.world.bot.id, tags, message["id"])
    message["channel_id"] = thread.id
    call.world.post(thread, message)
    return Answer(201, thread.to_json() | {"message": message})


def active_threads(call: Call) -> Answer:
    """GET /guilds/{id}/threads/active: threads that do not rest."""
    threads = [one for one in call.guild().threads.values() if one.thread and not one.thread.archived]
    return Answer(body={"threads": [one.to_json() for one in threads], "members": [], "has_more": False})


def archived_threads(call: Call) -> Answer:
    """GET /channels/{id}/threads/archived/public: threads that rest, the newest first."""
    found = call.channel()
    need(found, call, Permission.READ_MESSAGE_HISTORY)
    of_guild = found.guild.threads.values() if found.guild else ()
    threads = [one for one in of_guild if one.thread and one.thread.archived and one.thread.parent is found]
    threads.sort(key=lambda one: int(one.id), reverse=True)
    kept = threads[: int(call.query.get("limit", "50"))]
    body = {"threads": [one.to_json() for one in kept], "members": [], "has_more": len(kept) < len(threads)}
    return Answer(body=body)


def change_thread(call: Call) -> Answer:
    """PATCH /channels/{id}, of a thread: it rests, or is opened again."""
    found, sent = call.channel(), call.sent
    if found.thread is None:
        raise RestError(400, 50024, "Cannot execute action on this channel type")
    held = found.permissions_of(call.world.bot)
    if (found.thread.locked or sent.get("locked") is not None) and not held & Permission.MANAGE_THREADS:
        raise RestError(403, 50013, "Missing Permissions")
    call.world.change_thread(found, archived=sent.get("archived"), locked=sent.get("locked"))
    return Answer(body=found.to_json())


ROUTES = [
    Route("POST", "/channels/{channel_id}/threads", open_post),
    Route("PATCH", "/channels/{channel_id}", change_thread),
    Route("GET", "/guilds/{guild_id}/threads/active", active_threads),
    Route("GET", "/channels/{channel_id}/threads/archived/public", archived_threads),
]
