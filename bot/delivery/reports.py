"""Words for what readers report."""

from bot.model.reports import Fault

FAULTS = {
    Fault.SPEAKER: "Somebody else said it",
    Fault.WORDS: "That is not what was said",
    Fault.NOT_SAID: "Nobody said this at all",
    Fault.MIXED_UP: "Two people are mixed up",
    Fault.OUTDATED: "It is outdated",
}
THANKS = (
    "Thank you. In this server, private answers now show the claim as *disputed by readers*. "
    "Who reported it is deleted after 30 days."
)
