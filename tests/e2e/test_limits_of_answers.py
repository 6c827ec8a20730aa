"""Answers that are over have no controls, and what is dear is rationed, with the time of the next turn."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.store.retention import Kept
from bot.store.schema.server_tables import QueryRow
from cogs.turns import Allowance, Dear
from tests.e2e.controls import choose_evidence_of
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for number in range(7):
        words = [Words("Elena Marsh", f"The dam at section {number} is sound")]
        await print_article(whole_bot.services, feed, f"Report {number}", words, age=timedelta(hours=number + 1))


async def test_the_controls_of_an_answer_that_is_gone_are_disabled_but_links_stay(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await (await whole_bot.reader.slash(whole_bot.news, "said")).done()
    async with whole_bot.services.store.database.writing() as connection:
        await connection.execute(delete(QueryRow))
    turned = await whole_bot.reader.click(reply, "Next ▶")
    assert "too old" in (await turned.followup())["content"]
    over = await reply.edited(
        lambda now: all(c["disabled"] for r in now.message["components"] for c in r["components"])
    )
    assert "section 0" in over.text


async def test_who_asks_too_often_is_told_when_there_is_another_turn_and_others_are_not_kept_waiting(
    whole_bot: WholeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cogs.turns.ALLOWED", dict.fromkeys(Dear, Allowance(1, 60.0)))
    await print_news(whole_bot)

    async def ask(person: str) -> str:
        asked = await whole_bot.local.user(person).slash(whole_bot.news, "check", words="the dam at section 3")
        return (await asked.done()).text

    assert "section 3" in await ask("rita")
    again = await ask("rita")
    assert re.search(r"once in the last minute, which is all for now\. Try again <t:\d+:R>\.", again)
    assert "section 3" in await ask("otto")
    reply = await (await whole_bot.reader.slash(whole_bot.news, "said")).done()
    turned = await (await whole_bot.reader.click(reply, "Next ▶")).done()
    refused = await (await whole_bot.reader.click(turned, "◀ Previous")).done()
    assert refused.ephemeral
    assert "Try again <t:" in refused.text


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("said", {"actor": "Elena Marsh"}),
        ("actor", {"actor": "Elena Marsh"}),
        ("topic", {"topic": "gate"}),
        ("timeline", {"actor": "Elena Marsh"}),
        ("compare", {"first": "Elena Marsh", "second": "Piotr Berg"}),
    ],
)
async def test_an_answer_whose_claims_were_deleted_is_not_shared_and_its_evidence_says_so(
    whole_bot: WholeBot, command: str, asked: dict[str, str]
) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", "The gate will hold"), Words("Piotr Berg", "The gate will break")]
    await print_article(whole_bot.services, feed, "Dam under watch", words)
    answer = await (await whole_bot.reader.slash(whole_bot.news, command, **asked)).done()
    await whole_bot.services.store.retention.purge(
        whole_bot.services.clock() + timedelta(days=2), kept=Kept(claims=timedelta(days=1))
    )
    gone = await (await choose_evidence_of(whole_bot.reader, answer, "")).done()
    assert "it became too old" in gone.text
    posted = len(whole_bot.news.messages)
    told = await (await whole_bot.reader.click(answer, "Share")).followup()
    assert "nothing is shared" in told["content"]
    assert len(whole_bot.news.messages) == posted
