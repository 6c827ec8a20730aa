"""`/check`: was this said?"""

from typing import Any

import pytest

from bot.model.claims import Wording
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def check(whole_bot: WholeBot, words: str, **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "check", words=words, **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [
        Words("Elena Marsh", "The dam will hold until spring, whatever comes down the river"),
        Words("Piotr Zielinski", "Miners were never asked about the closing of the pits", Wording.PARAPHRASED),
    ]
    await print_article(whole_bot.services, feed, "Dam under watch", words)


async def test_words_that_were_said_are_found_with_who_when_and_where(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await check(whole_bot, "the dam will hold until Spring")
    assert reply.ephemeral
    assert reply.embeds[0]["title"] == "Said, word for word"
    assert "**Elena Marsh**" in reply.text
    assert "Example Times" in reply.text
    assert "whatever comes down the river" in reply.text
    await whole_bot.restart()
    evidence = await (await choose_evidence(whole_bot.reader, reply, 1)).done()
    assert evidence.ephemeral
    assert "The weather stayed fine" in evidence.text


async def test_changed_words_are_found_with_what_differs_in_signs_and_not_in_colour_alone(
    whole_bot: WholeBot,
) -> None:
    await print_news(whole_bot)
    reply = await check(whole_bot, "The dam will not hold until spring")
    assert reply.embeds[0]["title"] == "Said like this, but not in these words"
    assert "__The dam will__ **+ not** __hold until spring" in reply.text
    assert "A negation differs" in reply.text


async def test_a_reporters_words_are_not_taken_for_a_quotation(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await check(whole_bot, "miners were never asked about the closing")
    assert reply.embeds[0]["title"] == "Reported in these words, but not as a quotation"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("We shall fight on the beaches", "Nobody is reported to have said this"),
        ("dam will", "Write at least 3 words"),
        ("@everyone **look** here <@1> now", "Nobody is reported to have said this"),
        ("??? !!! ...", "Write at least 3 words"),
    ],
)
async def test_what_was_not_said_or_cannot_be_looked_up_is_answered_in_a_sentence(
    whole_bot: WholeBot, words: str, told: str
) -> None:
    await print_news(whole_bot)
    reply = await check(whole_bot, words)
    assert told in reply.text
    assert "@everyone" not in reply.text


async def test_another_servers_claims_are_not_looked_up_and_nothing_is_offered_in_direct_messages(
    whole_bot: WholeBot,
) -> None:
    assert "no feeds yet" in (await check(whole_bot, "the dam will hold")).text
    others = await feed_in(whole_bot.services, int(whole_bot.local.guild("Others").id), "Secret Gazette")
    await print_article(whole_bot.services, others, "Hidden", [Words("Hidden Actor", "Nobody here may read this")])
    await feed_in(whole_bot.services, whole_bot.guild_id)
    assert "Not found" in (await check(whole_bot, "Nobody here may read this")).text
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "check", words="the dam will hold")
