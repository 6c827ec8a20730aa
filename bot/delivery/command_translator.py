"""The names and descriptions of commands, options and choices in the languages of Discord's users."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.languages.known_languages import ENGLISH, LANGUAGES, language_of
from bot.languages.spoken import speaking
from bot.languages.translations import pgettext

OWN_NAMES = frozenset(language.own_name for language in LANGUAGES)
"""Choices that are the same for everybody: each language under its own name."""
CONTEXTS = {
    Location.command_name: "command name",
    Location.group_name: "command name",
    Location.parameter_name: "option name",
    Location.choice_name: "choice",
    Location.command_description: "description",
    Location.group_description: "description",
    Location.parameter_description: "description",
}
"""The catalogue context of each kind of text in the command tree."""


class CommandTranslator(app_commands.Translator):
    """Gives discord.py the texts of the command tree from the catalogues."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the text in the language of `locale`; None if Hearsay lacks it, or the text is the same."""
        language = language_of(locale.value)
        kind = CONTEXTS.get(context.location)
        if kind is None or language.code == ENGLISH.code or string.message in OWN_NAMES:
            return None
        with speaking(language):
            told = pgettext(kind, string.message)
        return None if told == string.message else str(told)
