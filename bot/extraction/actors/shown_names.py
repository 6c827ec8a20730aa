"""Names as they are shown: peers with their title, and people in descriptions under their full names."""

import re

from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.spelling import folded
from bot.model.claims import ActorType

PEER = re.compile(r"\b(?P<title>Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl)\s$")
"""What stands before a peer's only name."""
TITLED = re.compile(r"(?P<title>Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl)\s")
OF_SOMEBODY = re.compile(r"(?<=\b(?:of|to)\s)(?P<name>[A-ZÀ-Þ][\w’'-]+)$|(?<=\bfor\s)(?P<whom>[A-ZÀ-Þ][\w’'-]+)$")
"""The surname that a description ends with: "friends of Penrose"."""
AND_OTHERS = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'-]+)(?P<rest>\sand\s(?:his|her|their)\s[a-z].*)$")
"""Somebody and others without names: "Auer and her colleagues"."""
FEW, REACH = 5, 12


def with_shown_names(state: ArticleState) -> None:
    """Give the members of an article's cast the names under which they are shown."""
    for member in state.cast.members:
        if member.type is ActorType.PERSON and " " not in member.name:
            _with_title(state, member)
    for member in state.cast.members:
        if found := AND_OTHERS.match(member.name):
            full = _only_bearer(state, found["name"])
            member.name = f"{full.name}{found['rest']}" if full is not None else member.name
        if member.head and (found := OF_SOMEBODY.search(member.name)):
            surname = found["name"] or found["whom"]
            full = _only_bearer(state, surname)
            if full is not None:
                member.aliases[member.name] += 1
                member.name = member.name[: found.start()] + full.name


def _with_title(state: ArticleState, member: Member) -> None:
    """Call a peer without a first name "Lord Averill"."""
    text = state.article.text
    for place in member.mentions[:FEW]:
        title = PEER.search(text, max(0, place - REACH), place) or TITLED.match(text, place)
        if title is not None:
            member.aliases[member.name] += 1
            member.name = f"{title['title']} {member.name}"
            return


def _only_bearer(state: ArticleState, surname: str) -> Member | None:
    """Return the only person with a surname, if the article gives a first name, too."""
    found = [member for member in state.cast.ending_in(folded(surname)) if member.type is ActorType.PERSON]
    return found[0] if len(found) == 1 and " " in found[0].name else None
