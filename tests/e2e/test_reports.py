"""Wrong?: a reader reports a claim, and sees it disputed."""

from datetime import timedelta
from typing import Any

import pytest

from bot.model.queries import ClaimQuery
from bot.services import reports
from bot.services.reports import all_reports
from preview.discord import Person, Reply
from preview.discord.errors import OptionRefused
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.test_said import press_forged, said
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription

DISPUTED = "disputed by readers"


async def printed(whole_bot: WholeBot, count: int = 1, guild_id: int | None = None) -> None:
    feed = await feed_in(whole_bot.services, guild_id or whole_bot.guild_id)
    words = [Words("Elena Marsh", f"The gate {number} will hold until spring") for number in range(count)]
    await print_article(whole_bot.services, feed, "Dam under watch", words)


async def evidence(whole_bot: WholeBot, number: int = 1) -> Reply:
    return await (await choose_evidence(whole_bot.reader, await said(whole_bot), number)).done()


async def reported_by_another(whole_bot: WholeBot) -> None:
    """Let a second reader report the same claim."""
    (report,) = [one async for one in all_reports(whole_bot.services)]
    await reports.report_claim(whole_bot.services, whole_bot.guild_id, report.claim_id, "words", "", 7)


async def sent(person: Person, shown: Reply, **values: Any) -> Reply:
    form = await person.click(shown, "Wrong?")
    return await (await person.submit(form, **({"fault": "speaker"} | values))).done()


async def test_a_claim_is_reported_after_a_restart_and_disputed_in_private_answers_only(
    whole_bot: WholeBot,
) -> None:
    await printed(whole_bot)
    shown = await evidence(whole_bot)
    assert DISPUTED not in shown.text
    await whole_bot.restart()
    form = await whole_bot.reader.click(shown, "Wrong?")
    assert form.modal["title"] == "What is wrong with this claim?"
    told = await whole_bot.reader.submit(
        form,
        **{"What is wrong?": "Two people are mixed up", "What would be right?": "@everyone It was her sister."},
    )
    done = await told.done()
    assert done.ephemeral
    assert "Thank you." in done.text
    (report,) = [one async for one in all_reports(whole_bot.services)]
    assert (report.fault, report.remark) == ("mixed up", "@everyone It was her sister.")
    assert DISPUTED not in (await evidence(whole_bot)).text, "one reader alone may err"
    await reported_by_another(whole_bot)
    assert DISPUTED in (await evidence(whole_bot)).text
    answer = await said(whole_bot)
    assert DISPUTED in answer.text
    await (await whole_bot.reader.click(answer, "Share")).done()
    assert "gate 0 will hold" in str(whole_bot.news.messages[-1])
    assert DISPUTED not in str(whole_bot.news.messages[-1])


@pytest.mark.parametrize(("command", "asked"), [("topic", "gate"), ("actor", "Elena Marsh")])
async def test_topics_and_profiles_mark_it_too_in_private_answers_only(
    whole_bot: WholeBot, command: str, asked: str
) -> None:
    await printed(whole_bot)
    await sent(whole_bot.reader, await evidence(whole_bot))
    await reported_by_another(whole_bot)
    answer = await (await whole_bot.reader.slash(whole_bot.news, command, **{command: asked})).done()
    assert DISPUTED in answer.text
    await (await whole_bot.reader.click(answer, "Share")).done()
    assert "gate 0 will hold" in str(whole_bot.news.messages[-1])
    assert DISPUTED not in str(whole_bot.news.messages[-1])


async def test_a_claim_is_reported_from_the_evidence_of_a_digest(whole_bot: WholeBot) -> None:
    await printed(whole_bot, 2)
    await a_subscription(
        whole_bot.services.store,
        whole_bot.guild_id,
        channel_id=int(whole_bot.news.id),
        next_at=whole_bot.clock() - timedelta(minutes=1),
    )
    await whole_bot.work()
    shown = await (await whole_bot.reader.click(whole_bot.news.messages[-1], "Evidence")).done()
    assert "Thank you." in (await sent(whole_bot.reader, shown)).text
    await reported_by_another(whole_bot)
    shown = await (await whole_bot.reader.click(whole_bot.news.messages[-1], "Evidence")).done()
    assert DISPUTED in shown.text
    assert DISPUTED not in str(whole_bot.news.messages)


async def test_a_reader_sees_and_deletes_their_reports(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    await sent(whole_bot.reader, await evidence(whole_bot), remark="It was Otto.")
    held = await (await whole_bot.reader.slash(whole_bot.reader.dm, "privacy show")).done()
    assert "You reported a claim: The gate 0 will hold until spring (It was Otto.)" in held.text
    asked = await (await whole_bot.reader.slash(whole_bot.news, "privacy delete")).done()
    await (await whole_bot.reader.click(asked, "Remove my id")).done()
    held = await (await whole_bot.reader.slash(whole_bot.news, "privacy show")).done()
    assert "Nothing." in held.text
    assert [one async for one in all_reports(whole_bot.services)] == []


async def test_a_reader_reports_a_claim_once(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    shown = await evidence(whole_bot)
    await sent(whole_bot.reader, shown)
    assert "reported this claim already" in (await sent(whole_bot.reader, shown)).text


async def test_the_cap_of_a_day_says_when_it_ends(whole_bot: WholeBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "REPORTS_A_DAY", 1)
    await printed(whole_bot, 2)
    await sent(whole_bot.reader, await evidence(whole_bot))
    refused = await sent(whole_bot.reader, await evidence(whole_bot, 2))
    assert "You can report again <t:" in refused.text


async def test_what_the_form_does_not_offer_is_not_taken(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    shown = await evidence(whole_bot)
    for wrong in ({"fault": "ugly"}, {"remark": "x" * 501}):
        with pytest.raises(OptionRefused):
            await sent(whole_bot.reader, shown, **wrong)


async def test_a_claim_of_another_server_and_one_that_never_was_cannot_be_reported(whole_bot: WholeBot) -> None:
    await printed(whole_bot, guild_id=int(whole_bot.local.guild("Others").id))
    (claim,) = (await whole_bot.services.store.claims.search(ClaimQuery(), limit=1)).claims
    for claim_id in (claim.id, claim.id + 1, 10**18 - 1):
        form = await press_forged(whole_bot, f"hearsay:wrong:{claim_id}")
        refused = await (await whole_bot.reader.submit(form, fault="words")).done()
        assert "This claim is gone" in refused.text
    assert [one async for one in all_reports(whole_bot.services)] == []
