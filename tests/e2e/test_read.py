"""`/read` and "Who said what here?": pages and texts, in servers, elsewhere and in direct messages."""

import pytest

from bot.model.queries import ClaimQuery
from preview.discord import Channel, CommandHidden, Permission, Person, Reply
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

MENU = "Who said what here?"
TEXT = (
    "Elena Marsh, the mayor of Dunmore, said on Monday that the dam would hold until spring. “Nobody has to leave "
    "the valley,” she told reporters. Otto Kreis, a miner, denied that the gates had been repaired."
)


@pytest.fixture
async def _with_the_model(whole_bot: WholeBot) -> None:
    if not (whole_bot.settings.model / "config.cfg").is_file():
        pytest.skip(f"the model is not at {whole_bot.settings.model}")
    await whole_bot.services.extractor.extract(TEXT)  # the model is loaded with the first text


async def read(person: Person, channel: Channel, page: str) -> Reply:
    return await (await person.slash(channel, "read", page=page)).done()


@pytest.mark.usefixtures("_with_the_model")
async def test_a_page_is_read_once_for_all_wherever_they_are_and_joins_no_archive(whole_bot: WholeBot) -> None:
    local, reader, news = whole_bot.local, whole_bot.reader, whole_bot.news
    article = whole_bot.newsroom.articles_of("courier")[0]
    url = f"{whole_bot.newsroom.url}{article.path}"
    answer = await read(reader, news, f"{url}?utm_source=discord")
    assert answer.ephemeral
    assert answer.embeds[0]["title"] == article.title
    assert " claims" in answer.embeds[0]["footer"]["text"]
    visits = len(whole_bot.newsroom.visits)

    await whole_bot.restart()
    evidence = await (await choose_evidence(reader, answer, 1)).done()
    assert evidence.ephemeral
    assert "**bold**: what was said" in evidence.text
    shared = await (await reader.click(answer, "Share")).followup()
    assert shared["mentions"] == []
    assert shared["embeds"][0]["title"] == article.title
    private = await (await choose_evidence(whole_bot.manager, shared, 1)).done()
    assert private.ephemeral

    installed = local.user("uma", guilds=[])
    elsewhere = local.add_guild("Elsewhere", with_bot=False)
    message = reader.says(elsewhere.channel("general"), f"Look at this: {url}!")
    with pytest.raises(CommandHidden):
        await installed.message_menu(elsewhere.channel("general"), MENU, message)
    installed.install()
    here = await (await installed.message_menu(elsewhere.channel("general"), MENU, message)).done()
    assert here.embeds == answer.embeds
    both = installed.dm_with(reader)
    there = await (await installed.message_menu(both, MENU, reader.says(both, f"<{url}>"))).done()
    assert there.embeds == answer.embeds
    assert (await read(installed, installed.dm, url)).embeds == answer.embeds
    again = await (await choose_evidence(installed, there, 1)).done()
    assert again.embeds == evidence.embeds
    assert len(whole_bot.newsroom.visits) == visits
    assert (await whole_bot.services.store.claims.search(ClaimQuery(), limit=1)).total == 0


@pytest.mark.usefixtures("_with_the_model")
async def test_a_text_is_read_where_there_are_no_feeds_and_a_message_with_its_links(whole_bot: WholeBot) -> None:
    answer = await read(whole_bot.reader, whole_bot.news, TEXT)
    told = answer.embeds[0]["description"]
    assert "**Elena Marsh** (mayor of Dunmore)" in told
    assert "“Nobody has to leave the valley" in told
    evidence = await (await choose_evidence(whole_bot.reader, answer, 1)).done()
    assert "Elena Marsh" in evidence.text
    message = whole_bot.reader.says(whole_bot.news, f"{TEXT} {whole_bot.newsroom.url}/nothing-here")
    both = await (await whole_bot.manager.message_menu(whole_bot.news, MENU, message)).done()
    assert "404" in both.text, "one link that cannot be read"
    assert "Elena Marsh" in str((await both.followup())["embeds"]), "ends nothing for the text"


async def test_an_article_of_the_servers_feeds_is_not_fetched_and_can_be_reported(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", f"Gate {number} will hold", role="mayor") for number in range(7)]
    words.append(Words("Otto Kreis", "I am not so sure", confidence=0.1))
    article_id = await print_article(whole_bot.services, feed, "Dam under watch", words)
    url = (await whole_bot.services.store.articles.get(article_id)).url
    answer = await read(whole_bot.reader, whole_bot.news, url)
    assert "Page 1 of 2 · 7 claims · 1 actor" in answer.text
    second = await (await whole_bot.reader.click(answer, "Next ▶")).done()
    assert "Gate 6 will hold" in second.text
    whole_bot.local.forbid(whole_bot.news, Permission.SEND_MESSAGES, whole_bot.reader.user)
    refused = await (await whole_bot.reader.click(second, "Share")).followup()
    assert "You may not write in this channel" in refused["content"]
    assert whole_bot.news.messages == []
    evidence = await (await choose_evidence(whole_bot.reader, second, 7)).done()
    form = await whole_bot.reader.click(evidence, "Wrong?")
    thanks = await (await whole_bot.reader.submit(form, fault="speaker")).done()
    assert "Thank you." in thanks.text


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("hello", "neither an address nor a text"),
        ("@everyone look", "There is nothing to read here"),
        ("http://[::1", "neither an address nor a text"),
        ("http://127.0.0.1:9/nothing", "does not accept connections"),
    ],
)
async def test_what_cannot_be_read_is_answered_in_a_sentence(whole_bot: WholeBot, page: str, told: str) -> None:
    reply = await read(whole_bot.reader, whole_bot.reader.dm, page)
    assert told in reply.text
    assert "@everyone" not in reply.text


async def test_a_message_without_anything_to_read_and_the_cap_are_told_in_words(
    whole_bot: WholeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = whole_bot.reader.says(whole_bot.news, "Good morning!")
    told = await (await whole_bot.reader.message_menu(whole_bot.news, MENU, empty)).done()
    assert "neither a link to an article nor a text" in told.text
    monkeypatch.setattr(whole_bot.services.readings, "_an_hour", 1)
    await read(whole_bot.reader, whole_bot.news, "http://127.0.0.1:9/one")
    refused = await read(whole_bot.reader, whole_bot.news, "http://127.0.0.1:9/two")
    assert "You can have another one read <t:" in refused.text
