"""What the rules of `bot.extraction.actors.rules` look things up in."""

from dataclasses import dataclass

from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.called_anew import CalledAnew
from bot.extraction.actors.described_first import DescribedFirst
from bot.extraction.actors.descriptions import Descriptions
from bot.extraction.actors.last_resort import Suppositions
from bot.extraction.actors.last_speaker import LastSpeaker
from bot.extraction.actors.named_sources import NamedSources
from bot.extraction.actors.office_holders import OfficeHolders
from bot.extraction.actors.pronouns import Pronouns
from bot.extraction.actors.shared_surnames import SharedSurnames


@dataclass(frozen=True, slots=True)
class Known:
    """What rules look things up in: the state of the article, and the parts that remember what they have seen."""

    state: ArticleState
    names: NamedSources
    surnames: SharedSurnames
    offices: OfficeHolders
    pronouns: Pronouns
    descriptions: Descriptions
    described_first: DescribedFirst
    suppositions: Suppositions
    anew: CalledAnew
    last_speaker: LastSpeaker
