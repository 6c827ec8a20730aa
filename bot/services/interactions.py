"""Which process answers an interaction, where several are connected to Discord with the same token."""

from contextlib import suppress

from bot.errors import StoreError
from bot.services.engine import Services
from bot.store.leases import Topic


async def is_ours(services: Services, interaction_id: int) -> bool:
    """Return whether this process is to answer an interaction: the first one that asks is.

    If the store cannot be asked, it is: an answer that fails is better than none.
    """
    with suppress(StoreError):
        return interaction_id in await services.store.leases.take(Topic.ANSWER, [interaction_id])
    return True
