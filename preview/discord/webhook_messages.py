"""REST: webhooks of channels, and the messages that they post under any name."""

import secrets

from preview.discord.errors import RestError, invalid_form
from preview.discord.forums import checked_tags
from preview.discord.objects import Channel, Json
from preview.discord.permissions import Permission
from preview.discord.resources import apply_edit, closed_thread_opened, made_message, need
from preview.discord.routing import Answer, Call, Route
from preview.discord.webhooks import Webhook, name_problems

MOST_WEBHOOKS = 15


def channel_webhooks(call: Call) -> Answer:
    """GET /channels/{id}/webhooks."""
    found = call.channel()
    need(found, call, Permission.MANAGE_WEBHOOKS)
    there = [one for one in call.world.webhooks.values() if one.channel is found]
    return Answer(body=[one.to_json(seen_by=call.world.bot) for one in there])


def make_webhook(call: Call) -> Answer:
    """POST /channels/{id}/webhooks."""
    found, name = call.channel(), str(call.sent.get("name", ""))
    need(found, call, Permission.MANAGE_WEBHOOKS)
    if problems := name_problems(name):
        raise invalid_form(problems)
    if sum(one.channel is found for one in call.world.webhooks.values()) >= MOST_WEBHOOKS:
        raise RestError(400, 30007, "Maximum number of webhooks reached (15)")
    made = Webhook(call.world.snowflakes.next(), secrets.token_urlsafe(51), name, found, call.world.bot)
    call.world.webhooks[made.id] = made
    return Answer(body=made.to_json(seen_by=call.world.bot))


def webhook_of(call: Call) -> Webhook | None:
    """Return the webhook of the path, or None if it is that of an interaction."""
    found = call.world.webhooks.get(call.part["webhook_id"])
    if found is None and call.part["webhook_id"] != call.world.bot.id:
        raise RestError(404, 10015, "Unknown Webhook")
    if found is not None and found.token != call.part["token"]:
        raise RestError(401, 50027, "Invalid Webhook Token")
    return found


def execute(call: Call, webhook: Webhook) -> Answer:
    """POST /webhooks/{id}/{token}: a message in its channel, in a thread of it, or as a new post of a forum."""
    world, sent, channel = call.world, call.sent, webhook.channel
    name = sent.get("username") or webhook.name
    if problems := name_problems(name):
        raise invalid_form(problems)
    if thread_id := call.query.get("thread_id"):
        channel = world.channels.get(thread_id) or channel
        if channel.thread is None or channel.thread.parent is not webhook.channel:
            raise RestError(404, 10003, "Unknown Channel")
        closed_thread_opened(call, channel)
    message = made_message(call, channel, sent)
    message |= {"webhook_id": webhook.id, "application_id": world.bot.id}
    message["author"] = _author(webhook, name)
    if channel.forum is not None:
        if not sent.get("thread_name"):
            raise RestError(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id")
        tags = checked_tags(channel, [str(one) for one in sent.get("applied_tags") or []])
        channel = world.open_post(channel, sent["thread_name"], webhook.id, tags, message["id"])
        message["channel_id"] = channel.id
    world.post(channel, message)
    return Answer(body=message) if call.query.get("wait") in ("1", "true", "True") else Answer(204)


def _author(webhook: Webhook, name: str) -> Json:
    return webhook.user.to_json() | {"id": webhook.id, "username": name, "global_name": None, "bot": True}


def message_of(call: Call, webhook: Webhook) -> tuple[Channel, Json]:
    """Return a message of the webhook with its channel. Raises Discord's refusal if there is none."""
    channel = call.world.channels.get(call.query.get("thread_id", "")) or webhook.channel
    message = channel.message(call.part["message_id"])
    if message is None or message.get("webhook_id") != webhook.id:
        raise RestError(404, 10008, "Unknown Message")
    return channel, message


def edit(call: Call, webhook: Webhook) -> Answer:
    """PATCH /webhooks/{id}/{token}/messages/{id}."""
    channel, message = message_of(call, webhook)
    if channel.thread is not None and channel.thread.archived:
        raise RestError(400, 50083, "Thread is archived")
    apply_edit(call, channel, message)
    return Answer(body=message)


ROUTES = [
    Route("GET", "/channels/{channel_id}/webhooks", channel_webhooks),
    Route("POST", "/channels/{channel_id}/webhooks", make_webhook),
]
