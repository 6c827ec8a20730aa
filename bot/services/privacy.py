"""The stored data about a person or a server: shown, exported, deleted."""

import asyncio
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from bot.errors import TooLarge
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
"""The contents of the tables in plain words. A table missing here is shown by its own name."""


async def traces_of(services: Services, user_id: int) -> list[Trace]:
    """Return each place in which a person's id is stored."""
    return await services.store.personal_data.of_person(user_id)


async def forget_person(services: Services, user_id: int) -> int:
    """Remove a person's id from everything. What they set up stays. Return from how many rows."""
    return await services.store.personal_data.forget_person(user_id)


async def held_for(services: Services, guild_id: int) -> dict[str, int]:
    """Return how much is stored for a server, in words, omitting empty kinds."""
    counts = await services.store.personal_data.counts_of_guild(guild_id)
    return {IN_WORDS.get(name, name): count for name, count in counts.items() if count}


async def forget_server(services: Services, guild_id: int) -> None:
    """Delete everything that belongs to a server."""
    await services.store.guilds.forget(guild_id)
    services.store.server_settings.forget_kept()
    services.suggestions.forget()


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file with stored data, and how many of the oldest rows of each table did not fit into it."""

    name: str
    content: bytes
    left_out: Mapping[str, int]


async def person_as_file(services: Services, user_id: int, largest: int) -> HandedOut:
    """Return the stored data about a person as JSON of at most `largest` bytes, zipped if it is larger."""
    traces = [_plain_trace(trace) for trace in await traces_of(services, user_id)]
    return await asyncio.to_thread(packed, "me", {"user_id": str(user_id)}, {"stored": traces}, largest)


async def server_as_file(services: Services, guild_id: int, largest: int) -> HandedOut:
    """Return the stored data of a server, by table, as JSON of at most `largest` bytes, zipped if it is larger."""
    data = services.store.personal_data
    rows, counts = await data.of_guild(guild_id), await data.counts_of_guild(guild_id)
    unread = {name: counts[name] - len(some) for name, some in rows.items() if counts[name] > len(some)}
    return await asyncio.to_thread(packed, "server", {}, rows, largest, unread)


def packed(
    name: str,
    about: Mapping[str, object],
    tables: Mapping[str, Sequence[object]],
    largest: int,
    unread: Mapping[str, int] = MappingProxyType({}),
) -> HandedOut:
    """Return `about` and `tables` as a JSON file of at most `largest` bytes, as a ZIP file if it is larger.

    If that does not fit either, the older half of the largest table is left out, until it does. The rows left out
    are counted in the file, together with those `unread` before.
    """
    kept = dict(tables)
    left_out = Counter(unread)
    while True:
        told = {"left_out": dict(left_out)} if left_out else {}
        content = _json({**about, **told, **kept})
        if len(content) <= largest and not left_out:
            return HandedOut(f"{name}.json", content, left_out)
        zipped = _zipped(f"{name}.json", content)
        if len(zipped) <= largest:
            return HandedOut(f"{name}.zip", zipped, left_out)
        longest = max(kept, key=lambda table: len(_json(kept[table])))
        rows = kept[longest]
        dropped = -(-len(rows) // 2)
        if not dropped:
            raise TooLarge
        kept[longest] = rows[dropped:]
        left_out[longest] += dropped


def _zipped(name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return written.getvalue()


def _plain_trace(trace: Trace) -> dict[str, object]:
    return {"what": trace.what, "guild_id": str(trace.guild_id), "of": trace.of, "at": trace.at}


def _json(content: object) -> bytes:
    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, datetime | date | time) else str(value)

    return json.dumps(content, ensure_ascii=False, indent=2, default=plain).encode()
