"""Verbs of speech that report no words: what a court does, who calls a meeting, who concedes a goal, who hears.

Each is told by its object, which is a thing and no words: "called a meeting" names nothing, as "called him a liar"
does. Neither do words without a speaker tell anything of what was said ("was convicted of fraud"), nor whoever
quotes nothing but a name, nor a figure from which something follows. A question that the reporter asks in passing
("Had they looked there, as villagers suggested?") is nobody's claim either, nor is the place of a report ("Tolmer:
Nine boats sank …").
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.model.claims import Claim

_ADVERB = r"(?:(?:has|have|had|was|were|been|then|also|later|\w+ly)\s+){0,3}"
JUDGED = re.compile(
    rf"{_ADVERB}(?:sentenced|convicted|acquitted|jailed|fined|cleared)\b(?=\s+(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?"
    r"(?:[A-ZÀ-Þ]|(?:him|her|them|the|an?|his|two|three|four|former|ex-\w+)\b))"
)
"""What a court does to somebody: "sentenced Neal to six years" reports no words."""
PUT_ON_TRIAL = re.compile(
    r"(?:(?:has|have|had|was|were|is|are|been|being|also|later|then|already|since|first|\w+ly)\s)+"
    r"(?:convicted|acquitted|sentenced|jailed|fined|cleared|tried|known)\b"
)
"""What is done to somebody by nobody who is named. A charge is somebody's claim."""
QUOTING = re.compile(r"(?:\w+ly\s)?(?:quot(?:ing|es|ed|e)|invok(?:ing|es|ed|e))$")
OWNER = re.compile(r"(?:his|her|its|their|our|my|your|\S+[’']s)$", re.IGNORECASE)
ADJECTIVE = re.compile(r"(?:stated|alleged|claimed|reported|promised|declared|professed|announced|predicted)$")
"""What somebody's positions or plans are called: "her stated positions"."""
CITING = re.compile(r"(?:\w+ly\s)?(?:quot(?:ing|es|ed|e)|cit(?:ing|es|ed|e))$")
PEOPLE = re.compile(
    r"(?:(?:an?|the|its|his|her|their|one|two|three|four|several|some|multiple|unnamed|anonymous)\s)?(?:[\w’'.-]+\s){0,5}?(?:officials?|sources?|"
    r"people|persons?|aides?|diplomats?|executives?|lawyers?|witness(?:es)?|insiders?|investigators?|staffers?)"
    r"(?:\s(?!as\b)(?:familiar|briefed|close|with|who|in|at|from|on|of|inside|near)\b[^“”\"]*)?$",
    re.IGNORECASE,
)
"""Nothing but those on whose word something is reported."""
SAYING = re.compile(r"\b(?:saying|said|says|telling|told)\b")
NAME_ALONE = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3}\W*$")
"""Nothing but a name: whoever quotes somebody says nothing of it yet."""
INFERENCE = re.compile(r"(?:suggest|indicat|imply|mean|signal|reflect)ing$")
FIGURE = re.compile(r"\b(?:\d[\d,.]*|half|a\s(?:third|quarter))\s?(?:%|per\s?cent|percent)?\b", re.IGNORECASE)
"""How many people a sentence goes on to draw a conclusion from: "35 percent are single, suggesting that"."""
FOUND = re.compile(r"(?:found|finds?|finding)\b")
GUILTY = re.compile(
    r"(?!that\b|whether\b)(?:(?!was\b|were\b|is\b|are\b|had\b|has\b|felt\b|feels\b|pleaded\b)[^\s,.;:“”\"]+\s){1,12}?(?:not\s)?guilty\b"
)
NUMBER = re.compile(r"\d[\d,.]*")
SHOWS = re.compile(r"(?:\w+ly\s)?(?:show|shows|showed|report|reports|reported|see|saw)$")
"""What some of many things do: "Of the 12 regions, 11 showed growth"."""
CALLS = re.compile(rf"{_ADVERB}(?:call|calls|called|calling)$")
CALLED = re.compile(
    r"(?:(?:an?|the|its|his|her|their|another|two|three|snap|early|fresh)\s+)?(?:[\w’'-]+\s+){0,3}?"
    r"(?:meetings?|sessions?|summits?|elections?|polls?|referend(?:um|ums|a)|votes?|strikes?|walkouts?|boycotts?|hearings?|"
    r"conferences?|talks|truces?|halts?|time(?:outs?)?|briefings?|inquir(?:y|ies)|witness(?:es)?|rall(?:y|ies)|assembl(?:y|ies))"
    r"(?:\s(?:of|in|for|on|at|to|with|between|after|over|this|next|today|tomorrow|yesterday|tonight|on\s\w+day|\w+day)\b"
    r"[^“”\"]*)?$",
    re.IGNORECASE,
)
"""Things called together, or announced, by the person who calls them."""
NAMED_SO = re.compile(
    r"(?!an?\s).*\b(?!(?:of|in|on|for|with|to|at|by|after|as|over|about|and|or|from|into)\b)[\w’'-]+\san?\s(?:[\w’'-]+\s){0,2}[\w’'-]+$",
    re.DOTALL,
)
"""What something is called: "her vote for the war a mistake"."""
CONCEDES = re.compile(rf"{_ADVERB}(?:concede|concedes|conceded|conceding)$")
CONCEDED = re.compile(
    r"(?:an?|the|\d+|one|two|three|four|five|six|seven|eight|nine|ten|just|only|no|another|more|their|his|her|its)\s+"
    r"(?:[\w’'-]+\s+){0,3}?(?:runs?|goals?|penalt(?:y|ies)|corners?|free[- ]kicks?|tr(?:y|ies)|points?|leads?|"
    r"sets?|frames?|games?|match(?:es)?|territor(?:y|ies)|ground|seats?|own\sgoals?|possession|advantage)\b"
    r"(?!\s+(?:was|were|is|are|had|has|should|would|could|came|might|may)\b)",
    re.IGNORECASE,
)
"""What is given up, and not owned up to."""
HEARS = re.compile(rf"{_ADVERB}(?:hear|hears|heard)$")
SUGGESTS = re.compile(r"\bas\s+$")
ASKED = re.compile(r"(?:Had|Has|Have|Did|Does|Do|Is|Are|Was|Were|Will|Would|Could|Can|Should|Must)\s")
DATELINE = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:[ ,/-]+[A-ZÀ-Þ][\w’'-]+){0,2}")
LONG = 120
"""Characters of a paragraph from which on its first words before a colon are the place of a report."""


def without_deeds(claims: list[Claim], text: str) -> list[Claim]:
    """Return the claims of `text` that report words; one who only hears something is not who says it."""
    found: list[Claim] = []
    for claim in claims:
        if claim.cue and claim.content and any(is_none(claim, text) for is_none in NONE):
            continue
        hears = claim.cue and claim.source and HEARS.fullmatch(text, *claim.cue[0])
        found.append(replace(claim, source=()) if hears else claim)
    return found


def _is_judged(claim: Claim, text: str) -> bool:
    start, end = claim.cue[0]
    judged = JUDGED.match(text, start)
    if judged is not None and judged.end() >= end:
        return True
    return FOUND.fullmatch(text, start, end) is not None and GUILTY.match(text, claim.content[0][0]) is not None


def _is_put_on_trial(claim: Claim, text: str) -> bool:
    return not claim.source and PUT_ON_TRIAL.match(text[slice(*claim.cue[0])]) is not None


def _quotes_a_name(claim: Claim, text: str) -> bool:
    if len(claim.content) > 1 or not QUOTING.fullmatch(text, *claim.cue[0]):
        return False
    return NAME_ALONE.fullmatch(text, *claim.content[0]) is not None


def _is_described(claim: Claim, text: str) -> bool:
    if not claim.source or not ADJECTIVE.fullmatch(text, *claim.cue[0]):
        return False
    (start, end), cue = claim.source[0], claim.cue[0]
    beside = text[end : cue[0]] == " " and text[cue[1] : claim.content[0][0]] == " "
    return beside and OWNER.search(text[start:end]) is not None


def _cites_people(claim: Claim, text: str) -> bool:
    if not CITING.fullmatch(text, *claim.cue[0]):
        return False
    cited = " ".join(text[slice(*span)] for span in claim.content).rstrip(".,; ")
    return PEOPLE.fullmatch(cited) is not None and SAYING.search(cited) is None


def _follows_from_a_figure(claim: Claim, text: str) -> bool:
    if not claim.source or not INFERENCE.fullmatch(text, *claim.cue[0]):
        return False
    return claim.source[0][1] < claim.cue[0][0] and FIGURE.search(text, *claim.source[0]) is not None


def _is_called(claim: Claim, text: str) -> bool:
    called = " ".join(text[slice(*span)] for span in claim.content).rstrip(".,; ")
    if not CALLS.fullmatch(text, *claim.cue[0]) or NAMED_SO.match(called):
        return False
    return CALLED.fullmatch(called) is not None


def _is_conceded(claim: Claim, text: str) -> bool:
    if not CONCEDES.fullmatch(text, *claim.cue[0]):
        return False
    return CONCEDED.match(text, *claim.content[0]) is not None


def _is_asked_in_passing(claim: Claim, text: str) -> bool:
    """Return whether a content is a question that the reporter asks, of which somebody only gave the idea."""
    start, end = claim.content[0]
    if not claim.source or end > claim.source[0][0] or not SUGGESTS.search(text, end, claim.source[0][0]):
        return False
    return ASKED.match(text, start) is not None and text.startswith("?", claim.cue[-1][1])


def _is_dateline(claim: Claim, text: str) -> bool:
    if text[slice(*claim.cue[0])].strip() != ":" or not claim.source:
        return False
    start, end = claim.source[0]
    line = text.find("\n", end) % (len(text) + 1)
    quoted = text[claim.content[0][0]] in "“\"«„‘'"
    return (
        not text[:start].strip()
        and DATELINE.fullmatch(text, start, end) is not None
        and line - start > LONG
        and not quoted
    )


def _is_a_number(claim: Claim, text: str) -> bool:
    """Return whether a bare number of things shows something: they say nothing."""
    speaks = claim.source and NUMBER.fullmatch(text, *claim.source[0])
    return bool(speaks and SHOWS.fullmatch(text, *claim.cue[0]))


NONE: tuple[Callable[[Claim, str], bool], ...] = (
    _is_judged,
    _is_put_on_trial,
    _quotes_a_name,
    _cites_people,
    _is_described,
    _follows_from_a_figure,
    _is_a_number,
    _is_called,
    _is_conceded,
    _is_asked_in_passing,
    _is_dateline,
)
