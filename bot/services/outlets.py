"""The outlets that a server reads, by the names that people type."""

from bot.errors import BadInput
from bot.languages.formats import listed
from bot.languages.translations import _
from bot.services.engine import Services
from bot.services.feeds import SUGGESTIONS
from bot.services.typed_times import quoted
from bot.text.folding import words_of
from bot.text.likeness import most_alike

SIMILAR = 75.0
"""How similar a misspelt name must be (rapidfuzz's ratio, 0 to 100). A server reads few outlets."""
_NAMED = 5


async def matching_outlets(services: Services, guild_id: int, typed: str) -> list[str]:
    """Return the outlets of a server that match what was typed, the busiest first."""
    return _matching(await services.store.outlets.names(guild_id), typed)[:SUGGESTIONS]


async def outlet_named(services: Services, guild_id: int | None, typed: str) -> str:
    """Return the outlet that a user means. Raises BadInput, which names some outlets, if no name is similar."""
    if guild_id is None:
        return typed.strip()
    names = await services.store.outlets.names(guild_id)
    found = _matching(names, typed)
    if not found:
        if not names:
            raise BadInput(_("No outlet that this server reads is called {typed}.", typed=quoted(typed)))
        some = listed(quoted(name) for name in names[:_NAMED])
        raise BadInput(
            _(
                "No outlet that this server reads is called {typed}. There are {outlets}.",
                typed=quoted(typed),
                outlets=some,
            )
        )
    return found[0]


def _matching(names: list[str], typed: str) -> list[str]:
    """Return outlets with exactly this name, or else those that contain it, or else similar ones."""
    wanted = " ".join(words_of(typed))
    folded = {name: " ".join(words_of(name)) for name in names}
    if not wanted:
        return names if not typed.strip() else []
    whole = [name for name in names if folded[name] == wanted]
    within = [name for name in names if name not in whole and f" {wanted}" in f" {folded[name]}"]
    if whole or within:
        return whole + within
    return most_alike(wanted, folded, at_least=SIMILAR, limit=_NAMED)
