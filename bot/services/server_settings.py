"""A server's own choices: time zone, language, required confidence."""

from collections.abc import Collection
from dataclasses import replace

from bot.errors import BadInput
from bot.languages.known_languages import ENGLISH, LANGUAGES, Language, language_of, tag_of
from bot.languages.translations import _
from bot.model.servers import ServerSettings
from bot.services.engine import Engine, Services
from bot.services.impossible_wishes import refuse_certainty
from bot.services.typed_times import zone_name
from bot.store import Store


async def settings_of(services: Engine, guild_id: int) -> ServerSettings:
    """Return a server's choices."""
    return await services.store.server_settings.get(guild_id)


async def _stored(services: Engine, guild_id: int) -> ServerSettings:
    """Return what a server has chosen, as it is stored now: another process may have changed it."""
    return (await services.store.server_settings.of([guild_id])).get(guild_id, ServerSettings())


async def timezone_of(services: Services, guild_id: int | None) -> str:
    """Return the time zone of a server, by default UTC."""
    if guild_id is None:
        return "UTC"
    return (await settings_of(services, guild_id)).timezone or "UTC"


async def language_of_server(store: Store, guild_id: int | None) -> Language:
    """Return the language of a server's messages: the chosen one, or else that of its locale on Discord."""
    if guild_id is None:
        return ENGLISH
    known = await store.server_settings.get(guild_id)
    return language_of(known.language or known.locale)


async def languages_of_servers(store: Store, guild_ids: Collection[int]) -> dict[int, Language]:
    """Return the language of each of these servers' messages."""
    known = await store.server_settings.of(guild_ids)
    chosen = {guild_id: known.get(guild_id, ServerSettings()) for guild_id in guild_ids}
    return {guild_id: language_of(one.language or one.locale) for guild_id, one in chosen.items()}


async def choose_language(services: Services, guild_id: int, tag: str | None) -> Language:
    """Set the language of a server by its tag, and return it. None stands for that of its locale on Discord.

    Raises BadInput for a language that Hearsay does not speak.
    """
    if tag is not None and tag not in map(tag_of, LANGUAGES):
        raise BadInput(_("Hearsay does not speak this language. Pick one from the list."))
    known = await _stored(services, guild_id)
    await services.store.server_settings.put(guild_id, replace(known, language=tag))
    return await language_of_server(services.store, guild_id)


async def confidence_of(services: Engine, guild_id: int | None) -> float:
    """Return the confidence that claims need in a server that has not asked for anything else."""
    chosen = None if guild_id is None else (await settings_of(services, guild_id)).minimum_confidence
    return services.settings.minimum_confidence if chosen is None else chosen


async def choose_timezone(services: Services, guild_id: int, typed: str) -> str:
    """Set the time zone of a server and return its name. Raises BadInput for an unknown one."""
    zone = zone_name(typed)
    known = await _stored(services, guild_id)
    await services.store.server_settings.put(guild_id, replace(known, timezone=zone))
    return zone


async def choose_confidence(services: Services, guild_id: int, minimum: float | None) -> float:
    """Set the confidence that claims need in a server, and return it. None is the default. Raises BadInput."""
    if minimum is not None and minimum < 0:
        raise BadInput(_("A confidence is at least 0."))
    refuse_certainty(minimum)
    known = await _stored(services, guild_id)
    await services.store.server_settings.put(guild_id, replace(known, minimum_confidence=minimum))
    return await confidence_of(services, guild_id)


async def choose_correcting_role(services: Services, guild_id: int, role_id: int | None) -> None:
    """Let members with a role correct what a server is shown, like those who manage it; None: nobody else."""
    known = await _stored(services, guild_id)
    await services.store.server_settings.put(guild_id, replace(known, correcting_role_id=role_id))


async def choose_asking_role(services: Services, guild_id: int, role_id: int | None) -> None:
    """Let only members with a role, and those who manage the server, ask questions; None: everybody."""
    known = await _stored(services, guild_id)
    await services.store.server_settings.put(guild_id, replace(known, asking_role_id=role_id))
