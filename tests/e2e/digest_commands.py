"""What tests of digests share: typing `/digest`, printing news, reading what a channel shows."""

from typing import Any

from preview.discord import Reply
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def digest(whole_bot: WholeBot, command: str, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, f"digest {command}", **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", "The dam will hold until spring"), Words(None, "The gates are rusting away")]
    await print_article(whole_bot.services, feed, "Dam under watch", words)
    other = [Words("Piotr Zielinski", "We shall strike on Monday")]
    around = "Snow covered every northern valley overnight; schools closed early."
    await print_article(whole_bot.services, feed, "Miners vote", other, around=around)


def titles_in(whole_bot: WholeBot, channel: str = "news") -> list[str]:
    messages = whole_bot.local.channel(channel).messages
    return [embed["title"] for m in messages for embed in m["embeds"] if "title" in embed and "url" in embed]
