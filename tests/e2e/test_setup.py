"""From an invitation to the first digest, without typing."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import HttpUrl, WebsocketUrl

from config.settings import Settings
from preview.discord import MANAGER, Json, LocalDiscord, Permission, Person, Reply
from preview.discord.errors import CommandHidden
from preview.discord.messages import text_of
from preview.newsroom.server import Newsroom
from tests.databases import Templates
from tests.e2e.whole import WholeBot

MOST_CLICKS = 6
WHICH, WHERE, HOW_OFTEN = (
    "Which news? Choose one group or more",
    "Where? Without a choice: this channel",
    "How often?",
)
ADD, PREVIEW, START = "Add these feeds and read them", "Preview the first digest", "Start"


class Clicks:
    """A person whose clicks are counted."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.count = 0

    async def click(self, message: Json | Reply, button: str) -> Reply:
        self.count += 1
        return await (await self.person.click(message, button)).done()

    async def choose(self, message: Json | Reply, select: str, values: Any) -> Reply:
        self.count += 1
        return await (await self.person.choose(message, select, values)).done()


@pytest.fixture
def settings(
    tmp_path: Path,
    local: LocalDiscord,
    newsroom: Newsroom,
    templates: Templates,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """Settings with the newsroom's outlets as the catalogue."""
    monkeypatch.chdir(tmp_path)
    templates.sqlite_copy(tmp_path)
    feeds = [f'["{name}", "{url}"]' for name, url in newsroom.feeds]
    groups = (("World", feeds[:2]), ("Elsewhere", feeds[2:]))
    text = "\n".join(f'[[group]]\nname = "{name}"\nfeeds = [{", ".join(some)}]' for name, some in groups)
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text(text, encoding="utf-8")
    return Settings(
        data_dir=tmp_path,
        discord_token=local.token,
        discord_api_base=HttpUrl(local.api_base),
        discord_gateway_url=WebsocketUrl(local.gateway_url),
        allow_private_addresses=True,
        catalogue=catalogue,
    )


async def welcomed(whole_bot: WholeBot) -> tuple[Clicks, Json]:
    """Invite the bot to a new server. Return its manager, and the welcome."""
    guild = whole_bot.local.add_guild("Fresh", ("lobby", "news-feed"), with_bot=False)
    lobby = whole_bot.local.channel("lobby", guild)
    manager = whole_bot.local.user("olga", permissions=MANAGER, guilds=[guild])
    whole_bot.local.invite_bot(guild)
    welcome = await whole_bot.local.wait_for_message(lobby, matching="Hello, this is Hearsay")
    return Clicks(manager), welcome


async def test_six_clicks_lead_from_an_empty_server_to_a_first_digest(whole_bot: WholeBot) -> None:
    olga, welcome = await welcomed(whole_bot)
    lobby = whole_bot.local.channel("lobby", whole_bot.local.guild("Fresh"))
    panel = await olga.click(welcome, "Set up")
    assert panel.ephemeral
    assert "choose at least one group" in panel.text
    panel = await olga.choose(panel, WHICH, ["World", "Elsewhere"])
    assert "World and Elsewhere (4 feeds, in English)" in panel.text
    reading = await olga.click(panel, ADD)
    assert "Added 4 feeds." in reading.text
    assert "Read 0 of 4 feeds so far, and found 0 claims" in reading.text
    await whole_bot.work()
    preview = await olga.click(reading, PREVIEW)
    assert "Read 4 of 4 feeds so far" in preview.text
    shown = await preview.followup()
    assert shown["flags"] & 64
    done = await olga.click(preview, START)
    assert "Hearsay is set up" in done.text
    assert "The first one is on its way." in done.text
    await whole_bot.work()
    posted = await whole_bot.local.wait_for_message(lobby, matching="Who said what")
    # the preview was exactly what is posted
    assert text_of(shown).splitlines()[2:] == text_of(posted).splitlines()[2:]
    assert olga.count <= MOST_CLICKS


async def test_everything_can_be_chosen_with_what_follows_from_it(whole_bot: WholeBot) -> None:
    olga, welcome = await welcomed(whole_bot)
    guild = whole_bot.local.guild("Fresh")
    news = whole_bot.local.channel("news-feed", guild)
    panel = await olga.click(welcome, "Set up")
    panel = await olga.choose(panel, WHICH, ["World"])
    panel = await olga.choose(panel, WHERE, news)
    panel = await olga.choose(panel, HOW_OFTEN, ["every Monday at 09:00"])
    panel = await olga.choose(panel, "Time zone", ["Asia/Kolkata"])
    await whole_bot.restart()
    assert f"<#{news.id}>" in panel.text
    assert "every Monday at 09:00, Asia/Kolkata, where it is" in panel.text
    reading = await olga.click(panel, ADD)
    done = await olga.click(reading, START)
    assert f"<#{news.id}> gets a digest weekly on Monday at 09:00 (Asia/Kolkata)." in done.text
    assert "if there is news by then" in done.text
    # done again, it is still one digest, and the server has its time zone
    again = await (await olga.person.slash(news, "setup")).done()
    assert "Asia/Kolkata" in again.text
    again = await olga.choose(again, WHICH, ["World"])
    again = await olga.choose(again, HOW_OFTEN, ["every Monday at 09:00"])
    again = await olga.click(again, ADD)
    assert "This server had 2 feeds of these already." in again.text
    await olga.click(again, START)
    assert len(await whole_bot.services.store.subscriptions.of_guild(int(guild.id))) == 1
    assert (await whole_bot.services.store.server_settings.get(int(guild.id))).timezone == "Asia/Kolkata"


async def test_a_missing_permission_is_named_with_where_to_grant_it_before_anything_happens(
    whole_bot: WholeBot,
) -> None:
    whole_bot.local.forbid(whole_bot.news, Permission.EMBED_LINKS)
    manager = Clicks(whole_bot.manager)
    panel = await (await whole_bot.manager.slash(whole_bot.news, "setup")).done()
    assert f"In <#{whole_bot.news.id}>, Hearsay lacks Embed Links. Grant that under Edit Channel" in panel.text
    panel = await manager.choose(panel, WHICH, ["World"])
    reply = await whole_bot.manager.click(panel, ADD)
    assert "lacks Embed Links" in (await reply.followup())["content"]
    assert await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id) == []
    whole_bot.local.allow_again(whole_bot.news)
    assert "Added 2 feeds." in (await manager.click(panel, ADD)).text


async def test_a_preview_before_anything_is_read_says_to_wait(whole_bot: WholeBot) -> None:
    manager = Clicks(whole_bot.manager)
    panel = await (await whole_bot.manager.slash(whole_bot.news, "setup")).done()
    reading = await manager.click(await manager.choose(panel, WHICH, ["World"]), ADD)
    early = await manager.click(reading, PREVIEW)
    assert "Reading takes a minute or two." in early.text
    assert early.followups == []


async def test_the_welcome_explains_to_anybody_but_only_managers_set_up(whole_bot: WholeBot) -> None:
    _, welcome = await welcomed(whole_bot)
    rita = Clicks(whole_bot.local.user("rita"))
    told = await rita.click(welcome, "What does it do?")
    assert told.ephemeral
    assert "It reads no messages, except" in told.text
    refused = await rita.click(welcome, "Set up")
    assert refused.ephemeral
    assert "Only members with the Manage Server permission" in refused.text
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.news, "setup")


async def test_where_the_bot_may_not_write_it_goes_to_the_next_channel_and_else_to_the_owner(
    whole_bot: WholeBot,
) -> None:
    local = whole_bot.local
    guild = local.add_guild("Closed", ("rules", "chat"), with_bot=False)
    local.forbid(local.channel("rules", guild), Permission.SEND_MESSAGES)
    local.invite_bot(guild)
    await local.wait_for_message(local.channel("chat", guild), matching="Hello, this is Hearsay")
    assert local.channel("rules", guild).messages == []

    other = local.add_guild("Shut", ("rules",), with_bot=False)
    local.forbid(local.channel("rules", other), Permission.SEND_MESSAGES)
    local.invite_bot(other)

    def written() -> list[str]:
        return [str(body.get("content")) for body in whole_bot.requests_for("POST", "/messages")]

    await local.until(lambda: any("I have joined **Shut**" in text for text in written()), "the owner to be told")


async def test_a_server_that_comes_back_with_its_feeds_is_not_welcomed_again(whole_bot: WholeBot) -> None:
    manager = Clicks(whole_bot.manager)
    panel = await (await whole_bot.manager.slash(whole_bot.news, "setup")).done()
    await manager.click(await manager.choose(panel, WHICH, ["World"]), ADD)
    guild = whole_bot.local.guild()
    before = len(whole_bot.news.messages)
    whole_bot.local.remove_bot(guild)
    whole_bot.local.invite_bot(guild)
    assert (await (await whole_bot.reader.slash(whole_bot.news, "about")).done()).has_message
    assert len(whole_bot.news.messages) == before
