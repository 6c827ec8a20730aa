"""Who answers whom: the last time that somebody was asked, told or blamed before something was said."""

import re
from dataclasses import dataclass

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import FEMALE_ROLES, MALE_ROLES, ROLES
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import Span

QUESTIONS = r"ask(?:s|ed)?|interview(?:s|ed)|question(?:s|ed)|quizz(?:es|ed)|interrogat(?:es|ed)|grill(?:s|ed)"
BIDDING = (
    r"t(?:ells?|old)|order(?:s|ed)|urg(?:es|ed)|begg?(?:s|ed)|invit(?:es|ed)|instruct(?:s|ed)|command(?:s|ed)|"
    r"implor(?:es|ed)|offer(?:s|ed)|remind(?:s|ed)|warn(?:s|ed)|advis(?:es|ed)|request(?:s|ed)|accus(?:es|ed)|fin(?:es|ed)|"
    r"sentenc(?:es|ed)|scold(?:s|ed)|reprimand(?:s|ed)|confront(?:s|ed)|summon(?:s|ed)|rebuk(?:es|ed)|"
    r"press(?:es|ed)|challeng(?:es|ed)|thank(?:s|ed)|congratulat(?:es|ed)|call(?:s|ed)\son|blam(?:es|ed)|"
    r"suspend(?:s|ed)|sack(?:s|ed)|dismiss(?:es|ed)|arrest(?:s|ed)|puts?\sit\sto"
)
DEEDS = re.compile(r"(?:fin|sentenc|suspend|sack|dismiss|arrest)", re.IGNORECASE)
"""Deeds done to somebody rather than said: the next speaker does not continue from them."""
ASKS = re.compile(
    rf"\b(?:(?P<question>{QUESTIONS})|(?P<bidding>{BIDDING}))\s(?!by\b|for\b|about\b|on\b|that\b|to\b|if\b|whether\b)"
    r"(?P<object>(?:(?:the|an?|his|her|their|its|my|former|then)\s)?(?P<nouns>(?:[\w’'-]+\s?){1,4}))"
)
"""An act of talk and the first words about its addressee; no passives ("was asked by")."""
OF_THINGS = re.compile(r"dismiss|order|request|press|challeng|suspend|blam|urg|thank|command")
"""Verbs of these that are done to things, too."""
NO_ACT = re.compile(r"\b(?:was|were|been|being|is|are|not|n['’]t|never|to)\s(?:\w+ly\s)?$")
"""What stands before a verb in the passive, or before what was not done."""
AND_ASKED = re.compile(
    rf"\band\s(?:then\s|later\s|also\s)?(?P<verb>{QUESTIONS})\s(?P<object>(?:if|whether|why|how|what|when|where|who|about|for)\b)"
)
"""The second thing that somebody does to another: "wrote to Voss and asked whether"."""
ASKED_OF = re.compile(
    r"\b(?P<verb>asks|asked)\s(?P<object>whether|if|why|how|what|when|where|who)\s(?:[\w’'-]+\s){0,4}?(?P<whom>he|she)\b"
)
"""A question without an addressee, about the person who answers it: "asked whether she had seen it"."""
ASKED_OF_SOMEBODY = re.compile(
    r"\b(?P<verb>asks|asked|(?:wants|wanted|demands|demanded)\sto\sknow|wonders|wondered|inquires|inquired)\s"
    r"(?P<object>(?:whether|if|why|how|what|when|where)\s(?=(?:the|his|her|their)\s|[A-ZÀ-Þ]))"
)
"""The same about somebody who is named, or described: "wanted to know whether Voss had seen it"."""
ASKED_AGAIN = re.compile(
    r"\b(?P<verb>asks|asked|tries|tried|insists|insisted)\s(?P<object>again|once\smore|a\s(?:second|third|last)\stime|twice)\b"
)
"""A question put once more to the person who was asked before."""
ASKED_BY = re.compile(
    rf"\b(?P<verb>(?i:(?P<question>{QUESTIONS})|{BIDDING}|interviewed|heckled|(?:cross-)?examined|pushed|prompted))\s(?:[a-z]+\s){{0,3}}?by\s(?P<object>\S)"
)
"""The same in the passive: the person behind it asks, and the subject is asked."""
PRONOUN = re.compile(
    r"(?:him|them|her(?=\s(?:to|not|who|whom|what|when|where|why|which|how|if|whether|that|about|for|over|on)\b|[,.;:]))\b"
)
"""The person who is asked, if only a pronoun says so."""
WONDERS = re.compile(r"\b(?:who|whom|whose|what|when|where|why|which|how|if|whether|about)\b")
ABOUT = re.compile(r"\b(?:about|of|against|for|over)\b")
TO_DO = re.compile(r"\b(?:not\s)?to\s[a-z]+")
REPLIES = re.compile(
    r"\b(?:answer|repl(?:y|ies|ied)|respond|retort|shot\sback|shoots\sback|hit\sback|concede|admit|confess|apologi|agreed?\b|"
    r"refus|protest|counter|object)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\b(?:add|also|ask|continu|went\son|goes\son|explain|then|warn|insist|order|demand|told|tell|urg|request)",
    re.IGNORECASE,
)
TAKES_UP = re.compile(r"\W*(?:well[,\s]+)?then\b", re.IGNORECASE)
"""How a quotation opens that takes up what somebody else has just said: "Then let it lapse"."""
ADDS = re.compile(r"\b(?:add|also|continu|went\son|goes\son)", re.IGNORECASE)
ANSWERS = re.compile(
    r"\W*(?:(?:yes|no|yeah|yep|nope|never|not\sat\sall|absolutely|of\scourse|sorry|certainly|thank\syou|maybe|perhaps|none|nothing|sure)\b|"
    r"I(?:['’]m|\sam)\s(?:sorry|innocent|ready|not)|I\s(?:do\snot|don['’]t|did(?:\snot|n['’]t)?|have\snot|haven['’]t|can['’]?n?o?t|will|won['’]t|was|never|had)\b)",
    re.IGNORECASE,
)
TO_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """An act of talk before something is said.

    `verb` is where its verb stands, `object_start` where the words for whoever is asked start, `end` the limit
    of the search. `is_question` is true for questions, false for orders and blame. `noun` is the noun of a
    description of whoever was asked ("driver"). `is_passive`: who asks stands where whoever is asked would, at
    `object_start`. `of_pronoun`: only a pronoun tells who is asked. `about`: the pronoun in the
    question, if nothing else tells. `is_deed`: it is done to somebody rather than said.
    """

    verb: Span
    object_start: int
    end: int
    is_question: bool
    noun: str
    is_passive: bool = False
    of_pronoun: bool = False
    about: str = ""
    is_deed: bool = False

    @property
    def gender(self) -> str | None:
        """The gender that the noun tells."""
        return "m" if self.noun in MALE_ROLES else "f" if self.noun in FEMALE_ROLES else None

    def answered_by(self, cue: str, content: str) -> bool | None:
        """Return True for a report that answers this, False for one that goes on from it, None for either."""
        if REPLIES.search(cue):
            return True
        if (ANSWERS.match(content) or TAKES_UP.match(content)) and not ADDS.search(cue):
            return True
        if self.is_deed:
            return None
        if GOES_ON.search(cue) or content.rstrip(" ”\"’'").endswith("?"):
            return False
        return False if not self.is_question and TO_YOU.search(content) else None


def asked_before(text: str, start: int, end: int, *, or_told: bool = False) -> Asked | None:
    """Return the last time from `start` to `end` (one or two sentences) that somebody was asked something.

    `or_told`: or was told that something is so, which is no question but may be answered.
    """
    last: re.Match[str] | None = None
    for found in ASKS.finditer(text, start, end):
        before = text[max(start, found.start() - 12) : found.start()]
        to_thing = found["bidding"] and OF_THINGS.match(found["bidding"]) and not _is_person(found["object"])
        if not to_thing and not NO_ACT.search(before):  # "dismissed concerns", "was asked"
            last = found
    other = _asked_otherwise(text, max(start, last.start() - len("and later ")) if last else start, end)
    if other is not None or last is None:
        return other
    rest = text[last.start("object") : end]
    group = "question" if last["question"] else "bidding"
    question = group == "question" and (WONDERS.search(rest) is not None or not TO_DO.search(rest))
    if group == "bidding" and folded(last["bidding"]) in (
        "told",
        "tell",
        "tells",
        "warned",
        "warns",
        "reminded",
        "reminds",
    ):
        bids = TO_DO.search(rest)
        said = re.search(r"\bthat\b|[“\"]", rest)
        warned = folded(last["bidding"]) not in ("told", "tell", "tells") and ABOUT.search(rest)
        if not warned and not or_told and (bids is None or (said and said.start() < bids.start())):
            return None  # "told reporters that": a report, and its speaker continues
    words = re.match(r"(?:(?:the|an?|his|her|their|its)\s)?((?:[A-Za-z][\w’'-]*\s?){1,3})", rest)
    noun = ""
    if words and rest[:1].islower():
        for word in words[1].split():
            if word in (
                "who",
                "whom",
                "whose",
                "what",
                "when",
                "where",
                "why",
                "which",
                "how",
                "if",
                "whether",
                "to",
                "not",
                "about",
                "for",
                "with",
                "of",
                "on",
                "in",
            ):
                break
            if word[0].isupper() and folded(word) not in ROLES:
                break
            noun = folded(word)
    of_pronoun = PRONOUN.match(rest) is not None
    is_deed = not question and DEEDS.match(last[group]) is not None
    return Asked(
        last.span(group), last.start("object"), end, question, noun, of_pronoun=of_pronoun, is_deed=is_deed
    )


def _is_person(words: str) -> bool:
    """Return whether the first words of an object can mean a person."""
    return PRONOUN.match(words) is not None or any(
        word[0].isupper() or folded(word) in ROLES | PERSON_NOUNS for word in words.split()
    )


def _asked_otherwise(text: str, start: int, end: int) -> Asked | None:
    """Return the last question from `start` to `end` in the passive ("asked by Voss"), or behind "and"."""
    passive = max(ASKED_BY.finditer(text, start, end), key=lambda found: found.start(), default=None)
    too = max(AND_ASKED.finditer(text, start, end), key=lambda found: found.start(), default=None)
    again = max(ASKED_AGAIN.finditer(text, start, end), key=lambda found: found.start(), default=None)
    if again is not None and not any(found and found.start() > again.start() for found in (passive, too)):
        return Asked(again.span("verb"), again.start("object"), end, is_question=True, noun="", of_pronoun=True)
    whom = max(ASKED_OF_SOMEBODY.finditer(text, start, end), key=lambda found: found.start(), default=None)
    if whom is not None and not any(found and found.end() > whom.start() for found in (passive, too)):
        return Asked(whom.span("verb"), whom.start("object"), end, is_question=False, noun="")
    of = max(ASKED_OF.finditer(text, start, end), key=lambda found: found.start(), default=None)
    if of is not None and too is None and (passive is None or of.start() > passive.start()):
        return Asked(
            of.span("verb"), of.start("object"), end, is_question=True, noun="", of_pronoun=True, about=of["whom"]
        )
    if too is not None and (passive is None or too.start() > passive.start()):
        return Asked(too.span("verb"), too.start("object"), end, is_question=True, noun="", of_pronoun=True)
    if passive is None:
        return None
    question = passive["question"] is not None
    return Asked(passive.span("verb"), passive.start("object"), end, question, "", is_passive=True)
