"""Which process answers an interaction, if several are connected to Discord with the same token."""

import asyncio
from contextlib import suppress

from bot.errors import StoreError
from bot.services.engine import Services
from bot.store.leases import Topic

ASKED_FOR_S = 1.0
"""How long to wait for the store: Discord wants a first answer within three seconds."""


async def is_ours(services: Services, interaction_id: int) -> bool:
    """Return whether this process should answer an interaction: the first one that asks does.

    If the store does not answer in time, it should: a failing answer is better than none, and of two, Discord
    takes the first.
    """
    with suppress(StoreError, TimeoutError):
        async with asyncio.timeout(ASKED_FOR_S):
            return interaction_id in await services.store.leases.take(Topic.ANSWER, [interaction_id])
    return True
