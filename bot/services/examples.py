"""Examples for commands that work in one server: with an actor, an outlet and a topic that it really has."""

from collections.abc import Mapping

from bot.languages.translations import pgettext
from bot.model.queries import ClaimQuery
from bot.services.claims import matching_actors, some_claims
from bot.services.engine import Services
from bot.services.feeds import feeds_of
from bot.services.outlets import matching_outlets
from bot.text.content_words import content_words


async def examples_for(services: Services, guild_id: int | None) -> dict[str, Mapping[str, str]]:
    """Return options to try, by the name of the command. Empty if there is nothing to try yet.

    Names of commands and options are those of the code.
    """
    if guild_id is None or not await feeds_of(services, guild_id):
        return {}
    examples: dict[str, Mapping[str, str]] = {
        "digest filter test": {"filter": "-kind:opinion"},
        "settings timezone": {"zone": "Berlin"},
    }
    actors = await matching_actors(services, guild_id, "")
    outlets = await matching_outlets(services, guild_id, "")
    said = {"outlet": outlets[0]} if outlets else {}
    if actors:
        said = {"actor": actors[0]}
        examples["actor"] = examples["timeline"] = said
        if len(actors) > 1:
            examples["compare"] = {"first": actors[0], "second": actors[1]}
    examples["said"] = said | {"since": pgettext("option", "a week")}
    newest = await some_claims(services, ClaimQuery(guild_id=guild_id), limit=1, offset=0)
    words = [word for claim in newest.claims for word in content_words(claim.content_text)]
    if words:
        examples["topic"] = {"topic": max(words, key=len)}
    return examples
