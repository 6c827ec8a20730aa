"""Wrong?: a reader says what is wrong with a claim."""

import re
from typing import Any, Self

import discord

from bot.delivery.reports import FAULTS, STORED, THANKS
from bot.languages.translations import _, pgettext
from bot.model.reports import Decision
from bot.services.reports import LONGEST_REMARK, report_claim
from cogs.answering import Interaction, failures_told, guild_id_of
from cogs.permissions import may_correct
from cogs.views.reviews import review_after


class WrongButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:wrong:(?P<claim>\d{1,18})"):
    """Asks what is wrong with a claim. Works after a restart."""

    def __init__(self, claim_id: int) -> None:
        """Take the id of the claim."""
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Wrong?"), custom_id=f"hearsay:wrong:{claim_id}")
        )
        self.claim_id = claim_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["claim"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Open the form."""
        guild_id_of(interaction)
        await interaction.response.send_modal(WrongForm(self.claim_id))


class WrongForm(discord.ui.Modal):
    """The form: what is wrong, one of several options, and the reader's own words."""

    def __init__(self, claim_id: int) -> None:
        """Take the id of the claim."""
        super().__init__(title=pgettext("modal title", "What is wrong with this claim?"), timeout=1800)
        self.claim_id = claim_id
        options = [
            discord.RadioGroupOption(label=pgettext("option", label), value=fault.value)
            for fault, label in FAULTS.items()
        ]
        self.fault: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(custom_id="fault", options=options)
        self.remark: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="remark",
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=LONGEST_REMARK,
        )
        self.add_item(discord.ui.Label(text=pgettext("label", "What is wrong?"), component=self.fault))
        self.add_item(
            discord.ui.Label(
                text=pgettext("label", "What would be right?"),
                description=pgettext(
                    "option", "Optional. The managers of this server and whoever runs this bot can read it."
                ),
                component=self.remark,
            )
        )

    @failures_told
    async def on_submit(self, interaction: Interaction) -> None:
        """Store the report, and tell only the reader."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services, fault = interaction.client.services, self.fault.value or ""
        await report_claim(services, guild_id, self.claim_id, fault, self.remark.value, interaction.user.id)
        if not await may_correct(interaction):
            await interaction.edit_original_response(content=_(THANKS))
            return
        done = _(STORED)
        shown = await review_after(services, guild_id, self.claim_id, Decision.OPEN, 0, done)
        await interaction.edit_original_response(content=done, **shown)
