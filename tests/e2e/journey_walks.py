"""What is used on the way, in walks that stop where the bot is restarted: each control is pressed after that."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.languages.known_languages import tag_of
from bot.model.feeds import Feed
from bot.services.read_sources import typed_source
from cogs.views.welcome import HOW
from preview.discord import MANAGER, File, Permission, Person
from tests.e2e.journey import Journey
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot
from tests.integration.store.servers.test_readings import a_reading

GATES = 24
"""Claims of one article: more than three pages of an answer, and two of a story."""
WHO = ("Elena Marsh", "Tom Okafor", "Ada Quist", "Nils Berg")
DAM, SNOW = "The dam of Dunmore will hold until spring", "Snow covered every northern valley; schools closed."
BULLETINS = (
    ("Orchestra tours abroad", "Violins filled the station buffet."),
    ("Ferry sold to Norway", "Gulls followed the empty deck."),
    ("Library opens at night", "Students queued along the canal."),
    ("Chess club wins cup", "Pawns covered the village hall."),
)
"""Stories that have nothing to do with each other."""
TEXT = (
    "Der Damm von Dunmore hält nach Angaben der Bürgermeisterin bis zum Frühjahr. Niemand müsse das Tal verlassen."
)
FOLLOWED = "**{name}** ({kind}) is followed: {reach}."
LEGEND = "**bold**: what was said · __underlined__: who · *italic*: the reporting words"
THANKS = (
    "Thank you. Those who manage this server see your report. Once another reader reports the claim, too, private "
    "answers show it as *disputed by readers*. Who reported it is deleted after 30 days."
)
FORGET = "Remove your id from everything that Hearsay stores?"
WARNED = "<#{channel_id}> gets a warning if a feed fails for days, and a notice if it is disabled."
REMOVED = "Removed **{feed}**. To get it back with its articles, use `/feed add` with its address."
OPML = b"<?xml version='1.0'?><opml version='2.0'><body><outline text='X' xmlUrl='https://x.example/f'/></body></opml>"


@dataclass
class Stage:
    """Who takes part, and what was printed."""

    bot: WholeBot
    reader: Person
    manager: Person
    owner: Person
    guest: Person
    feed: Feed
    story: str
    url: str
    gates_url: str
    site: str

    async def work(self, *, minutes: int = 1) -> None:
        self.bot.ahead += timedelta(minutes=minutes)
        await self.bot.work()
        await self.bot.work()


Walk = Callable[[Journey, Stage], AsyncIterator[None]]


async def staged(bot: WholeBot, tag: str, site: str = "") -> Stage:
    """Return the people, who all speak one language, and print what they ask about. `site` has several feeds."""
    local, guild = bot.local, bot.local.guild()
    guild.locale = tag
    manager = local.user("mona", permissions=MANAGER | Permission.ADMINISTRATOR)
    reader, guest = local.user("rita"), local.user("uma", guilds=[])
    guest.install()
    for person in (manager, reader, guest, local.owner):
        person.user.locale = tag
    await bot.services.store.server_settings.note_locales({bot.guild_id: tag})
    feed = await feed_in(bot.services, bot.guild_id)
    echo = await feed_in(bot.services, bot.guild_id, "Dunmore Echo")
    dam = await print_article(bot.services, feed, "Dam of Dunmore under watch", [Words("Elena Marsh", DAM)])
    await print_article(bot.services, echo, "Dam of Dunmore is watched", [Words("Elena Marsh", DAM)])
    gates = [Words(WHO[n % len(WHO)], f"The gate of section {n} is sound and dry") for n in range(GATES)]
    inspected = await print_article(bot.services, feed, "Gates inspected", gates, around=SNOW)
    for title, around in BULLETINS:
        await print_article(bot.services, feed, title, [Words("Ana Ruiz", f"{title}, as I said")], around=around)
    suggested = await reader.autocomplete(bot.news, "story", focused="story", story="dam")
    url, gates_url = [(await bot.services.store.articles.get(one)).url for one in (dam, inspected)]
    story = suggested.choices[0]["value"]
    return Stage(bot, reader, manager, local.owner, guest, feed, story, url, gates_url, site)


async def welcome(j: Journey, on: Stage) -> AsyncIterator[None]:
    """The welcome, and `/setup` to the first digest."""
    local, tag = on.bot.local, on.reader.user.locale
    guild = local.add_guild("New", ("hall",), with_bot=False)
    guild.locale = tag
    hall = local.channel("hall", guild)
    olga = local.user("olga", permissions=MANAGER, guilds=[guild])
    olga.user.locale = tag
    local.invite_bot(guild)
    greeted = j.read(await local.wait_for_message(hall, matching="Hearsay"), "Hello, this is Hearsay")
    yield
    await j.press(greeted, "hearsay:how", HOW, by=olga)
    await j.press(greeted, "hearsay:setup", "**News:** choose at least one group", by=olga)
    panel = await j.ask("setup", "Set up Hearsay: {step} of {steps}", by=olga, where=hall)
    panel = await j.choose(panel, "hearsay:setup:groups:", None, by=olga)
    panel = await j.choose(panel, "hearsay:setup:channel:", [hall], by=olga)
    panel = await j.choose(panel, "hearsay:setup:when:", None, by=olga)
    panel = await j.choose(panel, "hearsay:setup:zone:", None, by=olga)
    panel = await j.press(panel, "hearsay:setup:read:", "Added {count} feed.", by=olga)
    panel = await j.press(panel, "hearsay:setup:preview:", "Set up Hearsay: {step} of {steps}", by=olga)
    panel = await j.choose(panel, "hearsay:setup:language:", [tag_of(j.language)], by=olga)
    await j.press(panel, "hearsay:setup:start:", "Hearsay is set up", by=olga)


async def feeds(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/feed`: what a server reads, and how it is doing."""
    manager, news = on.manager, on.bot.news
    offered = await j.ask("feed add", "{count} feed found. Do you want it?", by=manager, address=on.site)
    for number in range(9):
        await feed_in(on.bot.services, on.bot.guild_id, f"Paper {number}")
    listed = await j.ask("feed list", "Feeds of this server: {count}", by=manager)
    health = await j.ask("feed health", "Health of this server's feeds", by=manager)
    await j.ask("feed notices", WARNED, by=manager, channel=news)
    yield
    await j.press(listed, "hearsay:feeds:1", by=manager)
    await j.press(health, "hearsay:health:1", by=manager)
    await j.choose(offered, "hearsay:found:", None, "Feed added", by=manager)
    await j.ask("feed import", "Added {count} feed.", by=manager, file=File("feeds.opml", OPML))
    await j.ask("feed export", by=manager)
    await j.ask("feed check", "{feed} does not work", by=manager, feed=str(on.feed.id))
    await j.ask("feed remove", REMOVED, by=manager, feed="Paper 8")


async def ask(j: Journey, on: Stage) -> AsyncIterator[None]:
    """What a reader asks, and the controls of the answers."""
    reader = on.reader
    said = await j.ask("said", "Claims{asked}:", by=reader, topic="gate")
    topic = await j.ask("topic", "Who said what{asked}:", by=reader, topic="gate")
    await j.ask("actor", "Who this is", by=reader, actor="marsh")
    await j.ask("compare", "Side by side", by=reader, first="Marsh", second="Okafor")
    await j.ask("timeline", "What was said{asked}, the oldest first:", by=reader, actor="Elena Marsh")
    await j.ask("trending", "Said more often than usual", by=reader)
    await j.ask("export", "{count} claim as {format}.", by=reader, format="CSV", topic="dam")
    check = await j.ask("check", "Said, word for word", by=reader, words="The gate of section 3 is sound and dry")
    missed = await j.ask("catchup", "What you missed since {day}", by=reader, since="3 days")
    story = await j.ask("story", "Story {number}", by=reader, story=on.story)
    await j.ask("disputes", "What the sources disagree about", by=reader, story=on.story)
    await j.ask("why", "Why this article?", by=reader, url=on.url)
    await j.ask("help", "What you can do here", by=reader)
    await j.ask("status", "Status of Hearsay", by=reader)
    await j.ask("about", "This server", "Privacy", by=reader)
    yield
    turned = await j.press(said, "hearsay:said:", by=reader)
    await j.choose(turned, "hearsay:page:", None, by=reader)
    await j.press(topic, "hearsay:share:", by=reader)
    for answer in (said, check, missed, story):
        formats = await j.press(answer, "hearsay:export:", by=reader)
    await j.press(formats, "hearsay:export:", "{count} claim as {format}.", by=reader)
    evidence = await j.choose(said, "hearsay:evidence", None, LEGEND, by=reader)
    await j.press(evidence, "hearsay:wordings:", "Wording by outlet", by=reader)
    await j.fill_in(evidence, "hearsay:wrong:", THANKS, by=reader, fault="speaker", remark="It was her sister.")
    second = await j.choose(check, "hearsay:evidence", None, by=reader)
    await j.fill_in(second, "hearsay:wrong:", by=reader, fault="words")
    await j.press(said, "hearsay:follow:query:", FOLLOWED, by=reader)


async def read(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/read` and its controls in the server."""
    bot, reader = on.bot, on.reader
    kept = replace(a_reading(url=None), published_at=bot.clock())
    await bot.services.store.readings.put(kept, typed_source(TEXT).subject)
    own = await j.ask("read", "{count} actor", by=reader, page=TEXT)
    page = await j.ask("read", "{count} claim", by=reader, page=on.gates_url)
    yield
    await bot.services.store.readings.put(replace(kept, key="f" * 16), typed_source(TEXT).subject)
    turned = await j.press(page, "hearsay:read:a", by=reader)
    await j.press(turned, "hearsay:read:share:", by=reader)
    await j.choose(own, "hearsay:read:evidence:", None, LEGEND, by=reader)


async def outside(j: Journey, on: Stage) -> AsyncIterator[None]:
    """What works without a server that has Hearsay: in another one, and in private messages, with its controls."""
    bot, reader, guest = on.bot, on.reader, on.guest
    other = bot.local.add_guild("Elsewhere", with_bot=False)
    other.locale = j.tag
    elsewhere = other.channel("general")
    kept = replace(a_reading(url=None), published_at=bot.clock(), key="e" * 16)
    await bot.services.store.readings.put(kept, typed_source(TEXT).subject)
    places = elsewhere, guest.dm, guest.dm_with(reader)
    shown = []
    for where in places:
        found = await j.ask("read", "{count} actor", by=guest, where=where, page=TEXT)
        asked = await j.ask("privacy delete", FORGET, by=guest, where=where)
        shown.append((where, found, asked))
    yield
    await bot.services.store.readings.put(replace(kept, key="d" * 16), typed_source(TEXT).subject)
    for where, found, asked in shown:
        await j.choose(found, "hearsay:read:evidence:", None, LEGEND, by=guest)
        await j.press(found, "hearsay:read:share:", by=guest)
        await j.press(asked, "hearsay:keep", "Nothing was deleted.", by=guest)
        again = await j.ask("privacy delete", FORGET, by=guest, where=where)
        await j.press(again, "hearsay:forget:me", by=guest)
        await j.ask_of(guest.says(where, TEXT), "{count} actor", by=guest, where=where)
        await j.ask("privacy show", "Stored about you", by=guest, where=where)
        await j.ask("privacy export", by=guest, where=where)
        await j.ask("following list", by=guest, where=where)


async def follow(j: Journey, on: Stage) -> AsyncIterator[None]:
    """`/follow` and `/following`: letters, and what can be done with them."""
    reader, news, dm = on.reader, on.bot.news, on.reader.dm
    await j.ask("follow topic", FOLLOWED, by=reader, topic="dam", when="at once")
    await j.ask("follow outlet", FOLLOWED, by=reader, outlet="Dunmore Echo")
    await j.ask("follow story", FOLLOWED, by=reader, story=on.story)
    made = await j.ask("follow actor", FOLLOWED, by=reader, actor="Elena Marsh", when="at once")
    await print_article(on.bot.services, on.feed, "Dam holds", [Words("Elena Marsh", "The dam held, I told you")])
    await on.work()
    letter = j.read(dm.messages[-1], "You follow {names}.")
    for number in range(6):
        await j.ask("follow topic", by=reader, topic=f"subject{number}")
    listed = await j.ask("following list", "{count} thing followed", by=reader, where=dm)
    offered = await reader.autocomplete(dm, "following mute", focused="follow", follow="subject1")
    picked = offered.choices[0]["value"]
    yield
    await j.choose(letter, "hearsay:letter:", None, LEGEND, by=reader)
    await j.press(letter, "hearsay:following:", "{count} thing followed", by=reader)
    await j.press(listed, "hearsay:followed:", by=reader)
    stopped = await j.press(made, "hearsay:followset:", by=reader)
    await j.press(stopped, "hearsay:followset:", FOLLOWED, by=reader)
    await j.ask("following mute", "Muted until {day}.", by=reader, where=dm, follow=picked, until="3 days")
    await j.ask("following resume", FOLLOWED, by=reader, where=news, follow=picked)
    await j.ask("following remove", "**{name}** ({kind}) is not followed any more.", by=reader, follow=picked)
