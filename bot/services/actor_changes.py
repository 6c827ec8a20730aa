"""Managers' changes to the actors of their server: merge, split, rename, hide, and undo."""

from collections.abc import Collection

from bot.errors import BadInput, NotFound
from bot.languages.translations import _, ngettext
from bot.model.actor_changes import ActorChange, ActorChoice, ArticleWithActor
from bot.services.engine import Services
from bot.services.feeds import SUGGESTIONS
from bot.text.folding import words_of

LONGEST_NAME = 100
MOST_SPLIT = 25
"""The most articles in one split: as many as Discord's select offers."""


async def actors_to_choose(services: Services, guild_id: int, typed: str) -> list[ActorChoice]:
    """Return actors visible to a server whose names match, the most active first. Two may have the same name."""
    return await services.store.claims.actor_choices(typed, guild_id, SUGGESTIONS)


async def actor_chosen(services: Services, guild_id: int, picked: str) -> int:
    """Return the number of an actor that was picked ("#12") or typed in full. Raises BadInput and NotFound."""
    bare = picked.strip().removeprefix("#")
    if picked.strip().startswith("#") and bare.removeprefix("-").isdecimal() and bare.isascii() and len(bare) < 19:
        return int(bare)
    found = await actors_to_choose(services, guild_id, picked)
    same = [one.actor_id for one in found if words_of(one.name) == words_of(picked)]
    if not same:
        raise NotFound(_("There is no such actor here. Pick one from the list that appears while you type."))
    if len(same) > 1:
        raise BadInput(_("Several actors are called that. Pick one from the list that appears while you type."))
    return same[0]


async def articles_with(services: Services, guild_id: int | None, actor_id: int) -> list[ArticleWithActor]:
    """Return the newest articles that a server sees in which an actor speaks."""
    return await services.store.actor_changes.articles_of(guild_id, actor_id)


async def actor_name(services: Services, guild_id: int | None, actor_id: int) -> str:
    """Return a server's name for an actor. Raises NotFound if it sees none of its articles."""
    return await services.store.actor_changes.name_seen(guild_id, actor_id)


async def merge_actors(services: Services, scope: int, actor_id: int, into_id: int, user_id: int) -> ActorChange:
    """Merge an actor into another one. `scope` is a server, or EVERYWHERE for the host.

    Raises BadInput, NotFound and LimitReached, like the other changes.
    """
    if actor_id == into_id:
        raise BadInput(_("This is one actor already. Pick two different ones."))
    return _told(services, await services.store.actor_changes.merge(scope, actor_id, into_id, user_id))


async def split_actor(
    services: Services, scope: int, actor_id: int, article_ids: Collection[int], name: str, user_id: int
) -> ActorChange:
    """Turn an actor into somebody else, called `name`, in some articles."""
    if not 0 < len(set(article_ids)) <= MOST_SPLIT:
        raise BadInput(ngettext("Pick at most {count} article.", "Pick 1 to {count} articles.", MOST_SPLIT))
    return _told(
        services, await services.store.actor_changes.split(scope, actor_id, article_ids, _usable(name), user_id)
    )


async def rename_actor(services: Services, scope: int, actor_id: int, name: str, user_id: int) -> ActorChange:
    """Rename an actor."""
    return _told(services, await services.store.actor_changes.rename(scope, actor_id, _usable(name), user_id))


async def hide_actor(services: Services, scope: int, actor_id: int, user_id: int) -> ActorChange:
    """Hide everything that an actor says."""
    return _told(services, await services.store.actor_changes.hide(scope, actor_id, user_id))


async def actor_changes_of(services: Services, scope: int) -> list[ActorChange]:
    """Return the changes in a server, or by the host for EVERYWHERE, the newest first."""
    return (await services.store.actor_changes.of(scope))[::-1]


async def undo_actor_change(services: Services, scope: int, change_id: int | None = None) -> ActorChange:
    """Undo a change, by default the newest, and return it. Raises NotFound."""
    return _told(services, await services.store.actor_changes.undo(scope, change_id))


def _told(services: Services, change: ActorChange) -> ActorChange:
    """Return a change, and forget the names that were suggested before it."""
    services.suggestions.forget()
    return change


async def offer_split(services: Services, guild_id: int, actor_id: int, name: str) -> int:
    """Store how to split an actor once articles are picked. Return the number of the offer. Raises BadInput."""
    return await services.store.offers.add(guild_id, {"actor": actor_id, "called": _usable(name)})


async def split_offered(
    services: Services, guild_id: int, offer_id: int, article_ids: Collection[int], user_id: int
) -> tuple[ActorChange, str]:
    """Split an actor as offered, in these articles. Return the change and the actor's former name."""
    offered = await services.store.offers.get(offer_id, guild_id)
    if "actor" not in offered:  # another kind of offer: nobody was offered this
        raise NotFound(_("This answer is too old. Ask again."))
    former = await actor_name(services, guild_id, offered["actor"])
    change = await split_actor(services, guild_id, offered["actor"], article_ids, offered["called"], user_id)
    return change, former


async def stored_actors(services: Services, typed: str) -> list[ActorChoice]:
    """Return actors with their numbers, as the host sees them."""
    return await services.store.actor_changes.stored(typed, SUGGESTIONS)


def _usable(name: str) -> str:
    """Return a name without superfluous spaces. Raises BadInput."""
    name = " ".join(name.split())
    if not words_of(name) or len(name) > LONGEST_NAME:
        raise BadInput(_("A name has a letter or a digit, and at most {limit} characters.", limit=LONGEST_NAME))
    return name
