"""Digests in forums, under the names of outlets, and with a button for who wants to be pinged."""

from datetime import timedelta

from bot.services.typed_times import WEEKDAYS
from preview.discord import File, Permission
from preview.discord.messages import text_of
from tests.e2e.digest_commands import digest, print_news
from tests.e2e.printed import Words, feed_in, print_article, reprint_article
from tests.e2e.whole import WholeBot

SAFE = Words("Elena Marsh", "The dam will hold until spring")
OPEN = Words("Tom Okafor", "A gate of the dam opens on Friday morning")


async def test_each_story_gets_a_forum_post_and_its_updates_stand_in_it(whole_bot: WholeBot) -> None:
    forum = whole_bot.local.add_forum(whole_bot.local.guild(), "stories", ["Dam", "Sport"], requires_tag=True)
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    other = await feed_in(whole_bot.services, whole_bot.guild_id, "Daily Post")
    await print_article(whole_bot.services, feed, "Dam under watch in Dunmore", [SAFE])
    refused = await digest(whole_bot, "subscribe", channel=whole_bot.news, posts="a story")
    assert "for forum channels" in refused.text
    refused = await digest(whole_bot, "subscribe", channel=forum)
    assert "requires a tag" in refused.text
    refused = await digest(whole_bot, "subscribe", channel=forum, tags="weather")
    assert "no tag “weather”" in refused.text
    assert "Dam and Sport" in refused.text
    typing = await whole_bot.manager.autocomplete(
        whole_bot.news, "digest subscribe", focused="tags", channel=forum, tags="d"
    )
    assert [choice["name"] for choice in typing.choices] == ["matching", "Dam"]
    made = await digest(whole_bot, "subscribe", channel=forum, posts="a story", tags="dam", cadence="hourly")
    assert "Each story gets a post of its own" in made.text
    await whole_bot.work()
    (post,) = whole_bot.local.posts_in(forum)
    assert post.name == "Dam under watch in Dunmore"
    evidence = await (await whole_bot.reader.click(post.messages[0], "Evidence")).done()
    assert SAFE.content in evidence.text

    whole_bot.ahead += timedelta(hours=1)
    await print_article(whole_bot.services, other, "Dam under watch in Dunmore, gate opens", [SAFE, OPEN])
    await whole_bot.work()
    assert whole_bot.local.posts_in(forum) == [post]
    assert OPEN.content in text_of(post.messages[-1])
    url = (await whole_bot.services.store.articles.get(2)).url
    why = await (await whole_bot.manager.slash(whole_bot.news, "why", url=url)).done()
    assert f"/{post.id}/{post.messages[-1]['id']}" in why.text

    moved = await digest(whole_bot, "edit", subscription="1", channel=whole_bot.news)
    assert "post of its own" not in moved.text


async def test_stories_come_under_their_outlets_names_and_are_corrected_there(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    article_id = await print_article(whole_bot.services, feed, "Dam under watch in Dunmore", [SAFE, OPEN])
    refused = await digest(whole_bot, "subscribe", post_as="the outlet", cadence="hourly")
    assert "lacks Manage Webhooks" in refused.text
    whole_bot.local.grant(whole_bot.news, Permission.MANAGE_WEBHOOKS)
    assert "under its outlet's name" in (await digest(whole_bot, "subscribe", post_as="the outlet")).text
    await whole_bot.work()
    (message,) = whole_bot.news.messages
    outlet = (await whole_bot.services.store.articles.get(article_id)).outlet
    assert message["author"]["username"] == outlet
    await reprint_article(whole_bot.services, article_id, [OPEN])
    whole_bot.ahead += timedelta(minutes=5)
    await whole_bot.work()
    assert f"{outlet} corrected the article" in text_of(whole_bot.news.messages[0])
    assert whole_bot.news.messages[0]["author"]["username"] == outlet


async def test_readers_take_the_role_that_is_pinged_and_give_it_back(whole_bot: WholeBot) -> None:
    guild = whole_bot.local.guild()
    await print_news(whole_bot)
    role = whole_bot.local.add_role(guild, "news-pings")
    strong = whole_bot.local.add_role(guild, "moderators", Permission.MANAGE_MESSAGES)
    refused = await digest(whole_bot, "subscribe", ping_button=True)
    assert "Name it with `ping`" in refused.text
    assert "Manage Roles" in (await digest(whole_bot, "subscribe", ping=role, ping_button=True)).text
    own = whole_bot.local.bots_role(guild)
    whole_bot.local.change_role(guild, own, own.permissions | Permission.MANAGE_ROLES)
    await whole_bot.eventually(lambda: _may(whole_bot, int(own.id), "manage_roles"))
    refused = await digest(whole_bot, "subscribe", ping=strong, ping_button=True)
    assert "may do more than everyone" in refused.text
    made = await digest(whole_bot, "subscribe", ping=role, ping_button=True, weekday=WEEKDAYS[0])
    assert "a button with which readers take that role" in made.text
    await whole_bot.work()
    (message,) = whole_bot.news.messages
    member = guild.members[whole_bot.reader.user.id]
    taken = await (await whole_bot.reader.click(message, "Ping me")).done()
    assert "You now have" in taken.text
    assert role.id in member.role_ids
    given = await (await whole_bot.reader.click(message, "Ping me")).done()
    assert "gave" in given.text
    assert role.id not in member.role_ids
    whole_bot.local.grant(whole_bot.news, Permission.MANAGE_MESSAGES, role)
    await whole_bot.eventually(lambda: _may_here(whole_bot, int(role.id)))
    refused = await (await whole_bot.reader.click(message, "Ping me")).done()
    assert f"may do more in <#{whole_bot.news.id}> than everyone" in refused.text
    assert role.id not in member.role_ids
    whole_bot.local.allow_again(whole_bot.news, role)
    whole_bot.local.change_role(guild, role, Permission.BAN_MEMBERS)
    await whole_bot.eventually(lambda: _may(whole_bot, int(role.id), "ban_members"))
    refused = await (await whole_bot.reader.click(message, "Ping me")).done()
    assert "may do more than everyone" in refused.text
    assert role.id not in member.role_ids
    await digest(whole_bot, "edit", no_ping="nobody is pinged")
    refused = await (await whole_bot.reader.click(message, "Ping me")).done()
    assert "no longer gives that role" in refused.text


async def _may_here(whole_bot: WholeBot, role_id: int) -> bool:
    """Return whether the bot has heard that the channel allows a role something."""
    guild = whole_bot.bot.get_guild(whole_bot.guild_id)
    role = guild.get_role(role_id) if guild else None
    channel = guild.get_channel(int(whole_bot.news.id)) if guild else None
    return role is not None and channel is not None and not channel.overwrites_for(role).is_empty()


async def _may(whole_bot: WholeBot, role_id: int, permission: str) -> bool:
    """Return whether the bot has heard that a role has a permission."""
    guild = whole_bot.bot.get_guild(whole_bot.guild_id)
    role = guild.get_role(role_id) if guild else None
    return role is not None and getattr(role.permissions, permission)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)


async def test_a_server_gives_the_bot_a_name_and_a_picture_of_its_own(whole_bot: WholeBot) -> None:
    async def profile(**options: object) -> str:
        reply = await whole_bot.manager.slash(whole_bot.news, "settings profile", **options)
        return (await reply.done()).text

    own = whole_bot.local.guild().members[whole_bot.local.bot.id]
    assert "name at least one" in await profile()
    told = await profile(name="The Crier", picture=File("a.png", PNG, "image/png"), about="Who said what")
    assert told == "Changed in this server: its name, its picture and what its profile says."
    assert (own.profile["nick"], own.bio) == ("The Crier", "Who said what")
    assert own.profile["avatar"]
    assert "must be a PNG" in await profile(picture=File("a.txt", b"no picture", "text/plain"))
    assert "must be a PNG" in await profile(banner=File("a.png", b"no picture", "image/png"))
    assert "everywhere else again" in await profile(reset=True)
    assert own.profile == {"nick": None, "avatar": None, "banner": None}
    assert own.bio is None
