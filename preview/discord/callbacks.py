"""REST: the responses to interactions, and the webhook that an interaction opens for fifteen minutes."""

from preview.discord.errors import RestError, invalid_form
from preview.discord.interactions import AnswerKind, Interaction, Kind
from preview.discord.messages import COMMAND_REPLY, MENU_REPLY, REPLY, change_message, mentions_in
from preview.discord.objects import EPHEMERAL, LOADING, Json
from preview.discord.resources import apply_edit, attachments, made_message
from preview.discord.routing import Answer, Call, Route
from preview.discord.webhook_messages import edit, execute, message_of, webhook_of

_ALLOWED = {
    Kind.COMMAND: {AnswerKind.MESSAGE, AnswerKind.DEFERRED_MESSAGE, AnswerKind.MODAL},
    Kind.AUTOCOMPLETE: {AnswerKind.CHOICES},
    Kind.COMPONENT: set(AnswerKind) - {AnswerKind.PONG, AnswerKind.CHOICES},
    Kind.MODAL: set(AnswerKind) - {AnswerKind.PONG, AnswerKind.CHOICES, AnswerKind.MODAL},
}


def answer_interaction(call: Call) -> Answer:
    """POST /interactions/{id}/{token}/callback: the first answer, once, in time and of an allowed kind."""
    world = call.world
    interaction = world.interactions.get(call.part["interaction_id"])
    if interaction is None or interaction.token != call.part["token"]:
        raise RestError(404, 10062, "Unknown interaction")
    if interaction.answer is not None:
        raise RestError(400, 40060, "Interaction has already been acknowledged.")
    if call.now - interaction.born > call.deadline:
        interaction.too_late = True
        world.changes.tell()
        raise RestError(404, 10062, "Unknown interaction")
    kind = call.sent.get("type")
    if kind not in _ALLOWED[interaction.kind]:
        raise invalid_form([f"type: {kind} does not answer an interaction of type {int(interaction.kind)}"])
    if kind in (AnswerKind.UPDATE, AnswerKind.DEFERRED_UPDATE) and interaction.message is None:
        raise invalid_form(["type: there is no message to update"])
    _carry_out(call, interaction, AnswerKind(kind))
    interaction.answer = call.sent
    world.changes.tell()
    if call.query.get("with_response") not in ("1", "true", "True"):
        return Answer(204)
    return Answer(body=_response(interaction, AnswerKind(kind)))


def _carry_out(call: Call, interaction: Interaction, kind: AnswerKind) -> None:
    world = call.world
    data: Json = call.sent.get("data") or {}
    if kind is AnswerKind.MESSAGE:
        interaction.original = _reply(call, interaction, data)
    elif kind is AnswerKind.DEFERRED_MESSAGE:
        flags = ((data.get("flags") or 0) & EPHEMERAL) | LOADING
        interaction.original = _reply(call, interaction, {"flags": flags})
    elif kind is AnswerKind.DEFERRED_UPDATE:
        interaction.original, interaction.update_pending = interaction.message, True
    elif kind is AnswerKind.UPDATE and interaction.message is not None:
        interaction.original = interaction.message
        change_message(interaction.message, data)
        interaction.message["attachments"] += attachments(call, data.get("attachments") or [])
        interaction.message["edited_timestamp"] = world.clock().isoformat()
        world.changed(interaction.channel, interaction.message)


def _reply(call: Call, interaction: Interaction, sent: Json) -> Json:
    """Make and post a message that answers the interaction."""
    world = call.world
    message = made_message(call, interaction.channel, sent)
    message |= {
        "application_id": world.bot.id,
        "webhook_id": world.bot.id,
        "interaction_metadata": interaction.metadata(),
    }
    shown = interaction.original or interaction.message
    if interaction.kind is Kind.COMMAND and interaction.original is None:
        chat = interaction.data.get("type", 1) == 1
        message["type"] = COMMAND_REPLY if chat else MENU_REPLY
        message["interaction"] = {
            "id": interaction.id,
            "type": int(interaction.kind),
            "name": interaction.data["name"],
            "user": interaction.user.to_json(),
        }
    elif shown is not None and not message["flags"] & EPHEMERAL:
        message["type"] = REPLY
        reference = {"type": 0, "channel_id": interaction.channel.id, "message_id": shown["id"]}
        message["message_reference"] = reference
    if message["flags"] & EPHEMERAL:
        world.private[message["id"]] = (message, interaction.user)
        world.changes.tell()
    else:
        world.post(interaction.channel, message)
    return message


def _response(interaction: Interaction, kind: AnswerKind) -> Json:
    shown: Json = {
        "id": interaction.id,
        "type": int(interaction.kind),
        "response_message_loading": kind is AnswerKind.DEFERRED_MESSAGE,
        "response_message_ephemeral": interaction.ephemeral,
    }
    made: Json = {"interaction": shown}
    if interaction.original is not None:
        shown["response_message_id"] = interaction.original["id"]
        if kind in (AnswerKind.MESSAGE, AnswerKind.UPDATE, AnswerKind.DEFERRED_MESSAGE):
            resource = AnswerKind.UPDATE if kind is AnswerKind.UPDATE else AnswerKind.MESSAGE
            made["resource"] = {"type": int(resource), "message": interaction.original}
    return made


def _by_token(call: Call) -> Interaction:
    token = call.part["token"]
    found = next((one for one in call.world.interactions.values() if one.token == token), None)
    if found is None or found.answer is None or call.part["webhook_id"] != call.world.bot.id:
        raise RestError(404, 10015, "Unknown Webhook")
    if found.expired(call.world.clock()):
        raise RestError(401, 50027, "Invalid Webhook Token")
    return found


def follow_up(call: Call) -> Answer:
    """POST /webhooks/{id}/{token}: a further message; the first one after a deferral takes its place."""
    if (webhook := webhook_of(call)) is not None:
        return execute(call, webhook)
    interaction = _by_token(call)
    original = interaction.original
    if original is not None and original["flags"] & LOADING and not interaction.original_deleted:
        _fill(call, interaction, original)
        return Answer(body=original)
    interaction.update_pending = False
    message = _reply(call, interaction, call.sent)
    interaction.followups.append(message)
    call.world.changes.tell()
    return Answer(body=message)


def _fill(call: Call, interaction: Interaction, message: Json) -> None:
    """Replace "is thinking" with the content. Whether it is ephemeral was fixed at the deferral."""
    sent = call.sent
    kept = message["flags"] & EPHEMERAL
    change_message(message, sent)
    message["flags"] = ((sent.get("flags") or 0) & ~(LOADING | EPHEMERAL)) | kept
    allowed = sent.get("allowed_mentions")
    message |= mentions_in(message["content"], allowed, call.world.users, may_ping_everyone=False)
    message["attachments"] += attachments(call, sent.get("attachments") or [])
    call.world.changed(interaction.channel, message)


def _message(call: Call) -> tuple[Interaction, Json]:
    interaction = _by_token(call)
    wanted = call.part["message_id"]
    original = None if interaction.original_deleted else interaction.original
    if wanted == "@original" or (original is not None and wanted == original["id"]):
        found = original
    else:
        found = next((one for one in interaction.followups if one["id"] == wanted), None)
    if found is None:
        raise RestError(404, 10008, "Unknown Message")
    return interaction, found


def webhook_message(call: Call) -> Answer:
    """GET /webhooks/{id}/{token}/messages/{id}."""
    if (webhook := webhook_of(call)) is not None:
        return Answer(body=message_of(call, webhook)[1])
    return Answer(body=_message(call)[1])


def edit_webhook_message(call: Call) -> Answer:
    """PATCH /webhooks/{id}/{token}/messages/{id}: of @original, this ends "is thinking"."""
    if (webhook := webhook_of(call)) is not None:
        return edit(call, webhook)
    interaction, message = _message(call)
    if message["flags"] & LOADING:
        _fill(call, interaction, message)
        return Answer(body=message)
    kept = message["flags"] & EPHEMERAL
    apply_edit(call, interaction.channel, message)
    message["flags"] = (message["flags"] & ~EPHEMERAL) | kept
    if message is interaction.original:
        interaction.update_pending = False
    call.world.changes.tell()
    return Answer(body=message)


def delete_webhook_message(call: Call) -> Answer:
    """DELETE /webhooks/{id}/{token}/messages/{id}."""
    interaction, message = _message(call)
    if message is interaction.original:
        interaction.original_deleted, interaction.update_pending = True, False
    else:
        interaction.followups.remove(message)
    call.world.delete_message(interaction.channel, message)
    return Answer(204)


_MESSAGE = "/webhooks/{webhook_id}/{token}/messages/{message_id}"

ROUTES = [
    Route("POST", "/interactions/{interaction_id}/{token}/callback", answer_interaction, open=True),
    Route("POST", "/webhooks/{webhook_id}/{token}", follow_up, open=True),
    Route("GET", _MESSAGE, webhook_message, open=True),
    Route("PATCH", _MESSAGE, edit_webhook_message, open=True),
    Route("DELETE", _MESSAGE, delete_webhook_message, open=True),
]
