"""The main job, end to end: subscribe, poll, read, extract, digest, ask, page, evidence. Nothing is replaced."""

import pytest

from config.settings import Settings
from preview.discord import Json, text_of
from tests.e2e.controls import choose_evidence
from tests.e2e.whole import WholeBot


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of a new host: there is no database yet."""
    (settings.data_dir / "hearsay.db").unlink()
    return settings


@pytest.fixture(autouse=True)
def _with_the_model(whole_bot: WholeBot) -> None:
    if not (whole_bot.settings.model / "config.cfg").is_file():
        pytest.skip(f"the model is not at {whole_bot.settings.model}")


async def test_from_a_newsroom_to_a_digest_and_answers_with_evidence(whole_bot: WholeBot) -> None:
    manager, reader, news = whole_bot.manager, whole_bot.reader, whole_bot.news
    for _title, address in whole_bot.newsroom.feeds:
        reply = await (await manager.slash(news, "feed add", address=address)).done()
        assert "Feed added" in reply.text
    zones = await manager.autocomplete(news, "digest subscribe", focused="timezone", timezone="berl")
    subscribed = await manager.slash(
        news, "digest subscribe", cadence="daily", at="08:00", timezone=zones.choices[0]["value"]
    )
    assert "daily at 08:00 (Europe/Berlin)" in (await subscribed.done()).text

    done = await whole_bot.work()
    assert done["poll"] > 10
    assert done["read"] > 10
    assert done["extract"] > 10

    now = await (await manager.slash(news, "digest now")).done()
    assert "on its way" in now.text
    await whole_bot.work()
    posted = await whole_bot.local.wait_for_message(news, matching="Who said what")
    assert posted["embeds"][1]["url"].startswith(whole_bot.newsroom.url)
    assert "“" in text_of(posted)

    typing = await reader.autocomplete(news, "said", focused="actor", actor="")
    assert len(typing.choices) > 5
    actor = typing.choices[0]["value"]
    answer = await (await reader.slash(news, "said", actor=actor, since="this month")).done()
    assert str(actor) in answer.text

    everything = await (await reader.slash(news, "said", confidence=0)).done()
    second = await (await reader.click(everything, "Next ▶")).done()
    assert "Page 2 · more than 100 claims" in second.text
    evidence = await (await choose_evidence(reader, second, 6)).done()
    assert evidence.ephemeral
    assert "**" in _description(evidence.embeds)
    opened = await (await reader.click(posted, "Evidence")).done()
    assert "Claim 1 of" in opened.text

    while "on its way" in (await (await manager.slash(news, "digest now")).done()).text:
        await whole_bot.work()
    leads = [embed["url"] for message in news.messages for embed in message["embeds"] if embed.get("url")]
    assert len(leads) == len(set(leads)) > 5
    assert (await whole_bot.work())["deliver"] == 0


def _description(embeds: list[Json]) -> str:
    return str(embeds[0]["description"])
