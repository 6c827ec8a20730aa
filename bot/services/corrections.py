"""Corrections: posted messages are edited if their articles were corrected or withdrawn since."""

from bot.clock import Clock
from bot.delivery.digest_messages import edited_message
from bot.digests.corrections import corrected
from bot.digests.shown_stories import shown_digest
from bot.languages.spoken import speaking
from bot.model.delivery import PostedMessage
from bot.services.server_settings import language_of_server
from bot.store import Store
from bot.store.servers.deliveries import posted


async def correct(store: Store, message: PostedMessage, clock: Clock) -> bool:
    """Put an edit of a posted message into the outbox if it no longer matches its articles.

    Returns whether it will be edited. Raises NotFound if the message is no longer stored.
    """
    now = clock()
    digest = shown_digest(message.shows.get("digest", {}))
    if digest is not None:
        articles = await store.digests.as_now(digest.article_ids, message.guild_id)
        language = await language_of_server(store, message.guild_id)
        with speaking(language):
            present = corrected(digest, articles)
        if present != digest:
            with speaking(language):
                payload = edited_message(present, message.nonce, message.shows)
            await store.edits.put(message, posted(payload), payload["shows"], now)
            return True
    await store.edits.compared(message.id, now)
    return False
