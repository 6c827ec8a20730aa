"""What managers of a server, and whoever runs the bot, use on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta

from bot.languages.known_languages import tag_of
from bot.model.feeds import Feed, FeedState, PollOutcome, PollStatus
from bot.model.queries import ClaimQuery
from bot.services.reports import report_claim
from preview.discord import File, Permission
from tests.e2e.journey import Journey
from tests.e2e.journey_walks import FORGET, LEGEND, Stage
from tests.e2e.printed import Words, feed_in, print_article
from tests.factories import a_subscription, save_outcome

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)


async def digests(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/digest`: subscribed, filtered, posted, not posted, stopped; and the controls of a posted one."""
    bot, manager, reader, news, local = on.bot, on.manager, on.reader, on.bot.news, on.bot.local
    guild = local.guild()
    role, own = local.add_role(guild, "pings"), local.bots_role(guild)
    local.change_role(guild, own, own.permissions | Permission.MANAGE_ROLES)
    await bot.eventually(lambda: _may_give_roles(on))
    await j.ask(
        "digest now",
        "This channel has no digest yet. With `/digest subscribe` it would look like this:",
        by=manager,
    )
    await j.ask(
        "digest subscribe",
        "<#{channel_id}> gets a digest {plan}, of {feeds}.",
        by=manager,
        ping=role,
        ping_button=True,
    )
    await j.ask(
        "digest filter show", "The digest in <#{channel_id}> has no filter: it shows all articles.", by=manager
    )
    await j.ask("digest filter set", by=manager, filter="dam or gate")
    tried = await j.ask(
        "digest filter test", "{passing} of the last {count} articles would pass", by=manager, filter="dam"
    )
    await j.ask("digest filter clear", "The digest in <#{channel_id}> shows all articles again.", by=manager)
    await j.ask("digest edit", "Changed. {digest}\nThe next one comes {when}.", by=manager, stories=5)
    for minute in range(9):
        await a_subscription(
            bot.services.store,
            bot.guild_id,
            channel_id=int(local.channel("general").id),
            next_at=bot.clock() + timedelta(days=300, minutes=minute),
            timezone="UTC",
        )
    listed = await j.ask("digest list", "Digests of this server: {count}", by=manager)
    await on.work()
    posted = next(one for one in news.messages if "hearsay:ping:" in str(one["components"]))
    j.read(posted, "Who said what: {day}")
    await j.ask("feed notices", by=manager, channel=local.channel("general"))
    await print_article(
        bot.services,
        on.feed,
        "Bakers raise prices",
        [Words("Ana Ruiz", "Bakers pay 40 for flour")],
        around="Ovens in Leith cooled at noon.",
    )
    await j.ask("digest now", "A digest of {count} story is on its way to {channel}.", by=manager)
    local.forbid(news, Permission.SEND_MESSAGES)
    for _ in range(3):
        await on.work(minutes=20)
    local.allow_again(news)
    (unposted,) = [one for one in local.channel("general").messages if "hearsay:retry:" in str(one["components"])]
    j.read(unposted, "A digest cannot be posted")
    yield
    await j.press(listed, "hearsay:digests:", by=manager)
    await j.press(tried, "hearsay:filter:", by=manager)
    await j.press(
        posted,
        "hearsay:ping:",
        "You now have {role}, and are pinged by each digest. Press again to stop that.",
        by=reader,
    )
    story = await j.choose(posted, "hearsay:more:", ["Gates inspected"], by=reader)
    turned = await j.press(story, "hearsay:story:", by=reader)
    await j.press(turned, "hearsay:evidence:", LEGEND, by=reader)
    await j.press(turned, "hearsay:follow:article:", by=reader)
    offered = await j.press(posted, "hearsay:follow:digest:", "What do you want to follow?", by=manager)
    await j.choose(offered, "hearsay:follow:chosen", None, "**{name}** ({kind}) is followed: {reach}.", by=manager)
    evidence = await j.press(posted, "hearsay:digest:", LEGEND, by=reader)
    await j.press(evidence, "hearsay:digest:", by=reader)
    await j.press(
        unposted,
        "hearsay:retry:",
        "On its way to <#{channel_id}>. If it fails again, you are told here.",
        by=manager,
    )
    await j.ask(
        "digest unsubscribe", "<#{channel_id}> no longer gets a digest {plan}.", by=manager, subscription="1"
    )


async def _may_give_roles(on: Stage) -> bool:
    guild = on.bot.bot.get_guild(on.bot.guild_id)
    return guild is not None and guild.me.guild_permissions.manage_roles


async def correct(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/actors`, `/stories` and `/reports`, and their buttons."""
    manager, services = on.manager, on.bot.services
    merged = await j.ask(
        "actors merge",
        "{old} and {new} are one actor now, called {new}.",
        by=manager,
        actor="Nils Berg",
        into="Ada Quist",
    )
    offered = await j.ask("actors split", by=manager, actor="Elena Marsh", name="Elena Marsh (runner)")
    await j.ask(
        "actors rename",
        "{old} is called {new} now. Both names find the actor.",
        by=manager,
        actor="Tom Okafor",
        name="Thomas Okafor",
    )
    await j.ask("actors hide", "Nothing that {old} says is shown any more.", by=manager, actor="Thomas Okafor")
    await j.ask("actors undo", "Undone: what {name} says is shown again.", by=manager)
    await j.ask("actors list", "Changed actors", by=manager)
    picked = await manager.autocomplete(on.bot.news, "stories merge", focused="story", story="bakers")
    await j.ask(
        "stories merge",
        "These are one story now, for this server.",
        by=manager,
        story=picked.choices[0]["value"],
        into=on.story,
    )
    await j.ask("stories undo", "The stories that were merged are two again.", by=manager)
    articles = await manager.autocomplete(
        on.bot.news, "stories split", focused="article", story=on.story, article=""
    )
    await j.ask(
        "stories split",
        "This is a story of its own now, for this server.",
        by=manager,
        story=on.story,
        article=articles.choices[-1]["value"],
    )
    for claim in (await services.store.claims.search(ClaimQuery(on.bot.guild_id, topic="gate"), limit=2)).claims:
        await report_claim(services, on.bot.guild_id, claim.id, "words", "", 1)
    reports = await j.ask("reports", "Claim {number} of {count}", by=manager)
    yield
    await j.press(
        merged,
        "hearsay:actor-undo:",
        "Undone: what was merged into {name} is an actor of its own again.",
        by=manager,
    )
    await j.choose(offered, "hearsay:actor-split:", None, by=manager)
    turned = await j.press(reports, "hearsay:review:", by=manager)
    decided = await j.press(
        turned,
        "hearsay:decide:",
        "Withdrawn. It is shown nowhere",
        by=manager,
    )
    await j.press(decided, "hearsay:decide:", by=manager)


async def settle(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/settings` and `/privacy`."""
    manager, role = on.manager, on.bot.local.add_role(on.bot.local.guild(), "editors")
    await j.ask(
        "settings timezone",
        "The time zone of this server is now",
        by=manager,
        zone="GMT+2",
    )
    await j.ask(
        "settings language",
        "Digests, notices and shared answers are now",
        by=manager,
        language=tag_of(j.language),
    )
    await j.ask(
        "settings confidence",
        "Answers and new digests now show",
        by=manager,
        percent=60,
    )
    await j.ask(
        "settings asking",
        "Only members with {role}, and those",
        by=manager,
        role=role,
    )
    await j.ask(
        "said", "In this server only members with a certain role may ask. Its managers know which.", by=on.reader
    )
    await j.ask("settings asking", "Everybody in this server may ask.", by=manager)
    await j.ask("settings correcting", by=manager, role=role)
    await j.ask(
        "settings profile",
        "Changed in this server: {what}.",
        by=manager,
        picture=File("face.png", PNG, "image/png"),
    )
    await j.ask("settings show", "Settings of this server", by=manager)
    await j.ask("privacy show", "Stored for this server", by=manager, about="this server")
    await j.ask("privacy export", by=on.reader)
    helped = await j.ask("help", "What you can do here", by=manager)
    asked = await j.ask("privacy delete", FORGET, by=on.reader)
    kept = await j.ask("privacy delete", FORGET, by=manager)
    yield
    await j.choose(helped, "hearsay:help", ["1"], "Set up this server", by=manager)
    await j.press(kept, "hearsay:keep", "Nothing was deleted.", by=manager)
    await j.press(
        asked,
        "hearsay:forget:me",
        "Removed your id from {count} place. Nothing is stored about you any more.",
        by=on.reader,
    )


async def operate(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/admin`, and what the bot posts where notices go."""
    owner, manager, general = on.owner, on.manager, on.bot.local.channel("general")
    await j.ask("admin stats", "Hearsay in numbers", by=owner)
    await j.ask("admin feeds", by=owner)
    await j.ask("admin reports", by=owner)
    await j.ask("admin reload", by=owner)
    await j.ask("feed notices", by=manager, channel=general)
    offered = await j.ask(
        "admin announce",
        "This goes to {count} server that chose a channel for notices, unless it had it before:",
        by=owner,
        text="Hello",
    )
    await _has_failed(on, await feed_in(on.bot.services, on.bot.guild_id, "Broken Post"), 6)
    await on.work()
    (notice,) = [one for one in general.messages if "hearsay:check:" in str(one["components"])]
    j.read(notice, "A feed fails")
    yield
    await j.press(notice, "hearsay:check:", "{feed} does not work", by=manager)
    await j.press(offered, "hearsay:announce:", "{count} server gets it now; the others had it before.", by=owner)
    await on.work()
    j.read(general.messages[-1], "News about Hearsay")


async def _has_failed(on: Stage, feed: Feed, times: int) -> None:
    now = on.bot.clock()
    for number in range(1, times + 1):
        outcome = PollOutcome(
            feed.id,
            PollStatus.ERROR,
            polled_at=now - timedelta(days=4) if number == 1 else now,
            next_poll_at=now + timedelta(days=1),
            state=FeedState.FAILING,
            error="The server took too long to answer.",
            failures=number,
        )
        await save_outcome(on.bot.services.store, outcome)
