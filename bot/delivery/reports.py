"""Words for readers' reports, translated when they are shown."""

from bot.languages.translations import N_, NP_
from bot.model.reports import Fault

FAULTS = {
    Fault.SPEAKER: NP_("option", "Somebody else said it"),
    Fault.WORDS: NP_("option", "That is not what was said"),
    Fault.NOT_SAID: NP_("option", "Nobody said this at all"),
    Fault.MIXED_UP: NP_("option", "Two people are mixed up"),
    Fault.OUTDATED: NP_("option", "It is outdated"),
}
THANKS = N_(
    "Thank you. Those who manage this server see your report. Once another reader reports the claim, too, private "
    "answers show it as *disputed by readers*. Who reported it is deleted after 30 days."
)
STORED = N_("Your report is stored. You may decide about it right now:")
"""The answer to people who may withdraw the claim themselves."""
