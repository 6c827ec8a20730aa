"""`/about`: what Hearsay is, what a server has set up, what is stored."""

from bot import __version__
from tests.e2e.controls import as_named
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot


async def test_about_shows_what_the_server_has_to_the_user_alone(whole_bot: WholeBot) -> None:
    reply = await (await whole_bot.reader.slash(whole_bot.news, "about")).done()
    assert reply.ephemeral
    assert "0 feeds, 0 digests. Start with `/feed add`." in as_named(reply.text)
    assert f"Version {__version__}" in reply.text
    assert "Hearsay reads no messages, except" in reply.text
    await feed_in(whole_bot.services, whole_bot.guild_id)
    again = await (await whole_bot.reader.slash(whole_bot.news, "about")).done()
    assert "1 feed, 0 digests" in again.text


async def test_about_answers_in_direct_messages_too(whole_bot: WholeBot) -> None:
    reply = await (await whole_bot.reader.slash(whole_bot.reader.dm, "about")).done()
    assert "Hearsay reads news feeds" in reply.text
    assert "This server" not in reply.text


async def test_commands_that_were_answered_are_counted_by_name(whole_bot: WholeBot) -> None:
    await (await whole_bot.reader.slash(whole_bot.news, "about")).done()

    async def counted() -> bool:
        registry = whole_bot.services.metrics.registry
        return registry.get_sample_value("hearsay_commands_total", {"command": "about"}) == 1

    await whole_bot.eventually(counted)
