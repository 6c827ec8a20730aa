"""A server and a reader who speak German, from the invitation to a digest, a question, a report and an error."""

from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from bot.languages.translations import pgettext
from preview.discord import MANAGER, Json
from tests.e2e.test_setup import settings
from tests.e2e.whole import WholeBot

__all__ = ["settings"]


async def test_a_journey_in_german(whole_bot: WholeBot) -> None:
    local = whole_bot.local
    guild = local.add_guild("Leser", ("halle",), with_bot=False)
    guild.locale = "de"
    hall = local.channel("halle", guild)
    olga = local.user("olga", permissions=MANAGER, guilds=[guild])
    olga.user.locale = "de"
    local.invite_bot(guild)
    welcome = await local.wait_for_message(hall, matching="Hallo, hier ist Hearsay")

    panel = await (await olga.click(welcome, "Einrichten")).done()
    assert "Wähle mindestens eine Gruppe" in panel.text
    with speaking(language_of("de")):
        which = pgettext("placeholder", "Which news? Choose one group or more")
        add, preview, start = (
            pgettext("button", label)
            for label in ("Add these feeds and read them", "Preview the first digest", "Start")
        )
    panel = await (await olga.choose(panel, which, ["World", "Elsewhere"])).done()
    reading = await (await olga.click(panel, add)).done()
    assert "4 Feeds hinzugefügt." in reading.text
    await whole_bot.work()
    sample = await olga.click(await (await olga.click(reading, preview)).done(), start)
    assert "Hearsay ist eingerichtet" in (await sample.done()).text
    await whole_bot.work()
    digest = await local.wait_for_message(hall, matching="Wer was gesagt hat")
    assert "Storys" in str(digest)
    assert "Mehr zu einer Story: jede Aussage" in str(digest["components"])

    said = await (await olga.slash(hall, "said")).done()
    assert "Die neuesten Aussagen:" in said.text
    chosen = await olga.choose(said, "Beleg einer Aussage zeigen", [first_option(said.message)])
    evidence = await chosen.done()
    assert "die berichtenden Worte" in evidence.text
    form = await olga.click(evidence, "Falsch?")
    assert form.modal["title"] == "Was stimmt an dieser Aussage nicht?"

    refused = await (await olga.slash(hall, "said", since="2199-01-01")).done()
    assert "liegt in der Zukunft" in refused.text
    absent = await (await olga.slash(hall, "said", topic="zzyzx")).done()
    assert "Keine Aussagen über „zzyzx“ gefunden." in absent.text

    # another reader of the same server reads English, and what all read is German
    rita = local.user("rita")
    assert "The latest claims:" in (await (await rita.slash(hall, "said")).done()).text
    shared = await olga.click(said, "Teilen")
    assert "hat gefragt:" in (await shared.followup())["content"]

    # the server chooses Spanish: the next digest is Spanish, and private answers stay as they were
    chosen = await (await olga.slash(hall, "settings language", language="es")).done()
    assert "Español" in chosen.text
    again = await (await olga.slash(hall, "digest now")).done()
    assert "ist unterwegs nach" in again.text
    await whole_bot.work()
    assert await local.wait_for_message(hall, matching="Quién dijo qué")
    assert (await whole_bot.services.store.server_settings.get(int(guild.id))).language == "es"


async def test_discord_gets_the_command_tree_in_all_languages(whole_bot: WholeBot) -> None:
    tree = {command["name"]: command for command in whole_bot.local.commands}
    assert tree["said"]["name_localizations"]["de"] == "gesagt"
    assert tree["said"]["description_localizations"]["hi"]
    assert set(tree["said"]["name_localizations"]) == {"de", "es-ES", "es-419", "fr", "hi", "pt-BR"}


def first_option(message: Json) -> str:
    select = next(part for row in message["components"] for part in row["components"] if part["type"] == 3)
    return str(select["options"][0]["value"])
