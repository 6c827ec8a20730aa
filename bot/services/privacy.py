"""What is stored about a person or a server: shown, handed out, deleted."""

import json
from datetime import date, datetime, time

from bot.languages.translations import N_
from bot.model.personal import Trace
from bot.services.engine import Services

IN_WORDS = {
    "guild_feeds": N_("feeds"),
    "subscriptions": N_("digests"),
    "deliveries": N_("messages posted or waiting"),
    "shown_articles": N_("articles shown"),
    "queries": N_("questions, for 90 days, without who asked"),
    "offers": N_("choices that were offered, for 30 days"),
    "notices": N_("notices about feeds"),
    "notice_channels": N_("channel for notices"),
    "guild_settings": N_("settings"),
    "story_changes": N_("changes to stories"),
    "reports": N_("reports of wrong claims"),
    "claim_decisions": N_("decisions about claims"),
    "actor_changes": N_("changes to actors"),
    "follows": N_("things that its channels follow"),
    "letters": N_("messages about them"),
}
"""What the tables hold, for people. A table without a word here is shown by its own name."""


async def traces_of(services: Services, user_id: int) -> list[Trace]:
    """Return each place in which a person's id is stored."""
    return await services.store.personal_data.of_person(user_id)


async def forget_person(services: Services, user_id: int) -> int:
    """Remove a person's id from everything. What they set up stays. Return from how many rows."""
    return await services.store.personal_data.forget_person(user_id)


async def held_for(services: Services, guild_id: int) -> dict[str, int]:
    """Return how much is stored for a server, in words, without what there is none of."""
    counts = await services.store.personal_data.counts_of_guild(guild_id)
    return {IN_WORDS.get(name, name): count for name, count in counts.items() if count}


async def forget_server(services: Services, guild_id: int) -> None:
    """Delete everything that belongs to a server."""
    await services.store.guilds.forget(guild_id)


async def person_as_json(services: Services, user_id: int) -> bytes:
    """Return what is stored about a person as JSON."""
    traces = await traces_of(services, user_id)
    return _json({"user_id": str(user_id), "stored": [_plain_trace(trace) for trace in traces]})


async def server_as_json(services: Services, guild_id: int) -> bytes:
    """Return what is stored for a server as JSON, by table."""
    return _json(await services.store.personal_data.of_guild(guild_id))


def _plain_trace(trace: Trace) -> dict[str, object]:
    return {"what": trace.what, "guild_id": str(trace.guild_id), "of": trace.of, "at": trace.at}


def _json(content: object) -> bytes:
    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, datetime | date | time) else str(value)

    return json.dumps(content, ensure_ascii=False, indent=2, default=plain).encode()
