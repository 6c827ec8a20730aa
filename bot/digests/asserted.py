"""What a content asserts: the words that affect its truth, in order, in one form however they were printed. Pure.

Two contents say the same if these words align one by one. Anything without a counterpart on the other side (a
word, a number, a negation, "may", "most", "until") is a difference. Only closed classes that reports change freely
are left out: articles, auxiliaries of tense, pronouns, the person said to have said it, and words that only add
emphasis.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.digests.plain_form import DAYS, PARTICIPLE, TIMES, actively, tokens_of
from bot.digests.printed_alike import first_letters_in, printed_alike, short_names_in, shortened, without_titles
from bot.digests.stems import stem_of
from bot.digests.synonyms import PHRASES, ROOT

_SUBORDINATE = (
    r"(?:if|unless|when|once|after|before|because|while|although|though|until|since|on|in|at|by|during|despite|under|"
    r"from|for|with|without)"
)
_LEADING = re.compile(rf"^\W*({_SUBORDINATE}\s[^,;:.]{{2,60}}),\s+(?!and\b|or\b|but\b)([^,]+?)\W*$", re.IGNORECASE)
"""A clause or phrase at the start that ends in a comma; it could equally stand at the end."""
_SAID = (
    r"(?:sa(?:id|ys?)|told\s[\w' ]{1,30}?|add(?:ed|s)|stress(?:ed|es)|insist(?:ed|s)|explain(?:ed|s)|not(?:ed|es)|"
    r"believe[ds]?|think|thinks|thought|stat(?:ed|es)|argu(?:ed|es)|announced|confirmed|declared|warned)"
)
_ACCORDING = (
    r"according to (?!(?:\w+ )?(?:critics|opponents|rivals|enemies|accusers|detractors|rumou?rs|some)\b)[^,]{2,40}"
)
"""Somebody else who vouches for it; but what critics say is not what the speaker says."""
_WHO = r"(?:i|he|she|they|it|we)"
_LEAD_IN = re.compile(
    rf"^\W*(?:{_ACCORDING},|in (?:his|her|their|its|my|our) (?:view|opinion),?"
    rf"|{_WHO}\s{_SAID}(?:\sthat)?(?=\s)|{_SAID}\sthat\b"
    r"|it is (?:clear|obvious) that\b|look,|let me be clear\W|frankly,|well,|so,|(?:and|but|that)\b)\s*",
    re.IGNORECASE,
)
_LEAD_OUT = re.compile(rf",\s*(?:{_ACCORDING}|{_WHO}\s{_SAID}(?:\s[\w' ]{{1,30}})?)\W*$", re.IGNORECASE)
_AFTER_A_PHRASE = (
    r"$|\s(?:is|are|was|were|ha[sd]|have|will|would|can|could|may|might|must|should|in|on|at|to|by|for|from|with|and|"
    r"or|not|after|before|until|since|because|came|comes|went|goes|took|takes|made|makes|gave|gives|fell|led|leads|"
    r"broke|began|begins|became|becomes|brought|brings|means|remains|\w+ed)\b"
)
_OF_AN_AMOUNT = re.compile(r"\b([a-z]{3,}) of (#(?:[$£€][\d.]+|[\d.]+%p?))(?!\S)")
"""Damage of $750m is $750m in damage, and a majority of 60 % is a 60 % majority."""
_OF = re.compile(
    r"(?:^|(?<=\bthe\s)|(?<=\ba\s)|(?<=\bits\s)|(?<=\bhis\s)|(?<=\bher\s))"
    r"(?!(?:all|some|most|many|half|part|none|knowledge|both|each|one|any|quarter|third|majority|rest)\b)"
    rf"([a-z]{{3,}})\sof\s(?:the\s|a\s)?([a-z]{{3,}})\b(?={_AFTER_A_PHRASE})"
)
"""Phrases that "of" turns round: "the resignation of the minister" is the minister's resignation."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EMPTY = _set(
    "a an the that this these those there here so but and also too own which who whom whose what as than very s t "
    "is are am was were be been being has have had having do does did doing will shall would say said says mr "
    "yet just even quite rather really indeed simply however meanwhile actually already still now then clearly "
    "obviously certainly frankly sadly unfortunately thankfully fortunately regrettably honestly basically "
    "literally truly ever recent recently currently current old deeply extremely highly or upon"
)
"""Words that a report changes freely."""
_DEGREE = _set("completely totally absolutely entirely utterly fully seriously strongly immediately quickly very")
"""Words that only add emphasis, except in a denial: "not fully" is less than "not"."""
_SPEAKER = _set("i me my mine we us our ours myself ourselves")
_PERSONS = {
    **dict.fromkeys(_SPEAKER, "speaker"),
    **dict.fromkeys(_set("you your yours yourself"), "hearer"),
    **dict.fromkeys(_set("he him his himself"), "he"),
    **dict.fromkeys(_set("she her hers herself"), "she"),
    **dict.fromkeys(_set("they them their theirs themselves it its itself"), "they"),
}
_LINKS = {
    **dict.fromkeys(_set("in on within inside during aboard of"), "in"),
    **dict.fromkeys(_set("to into onto toward towards"), "to"),
    **dict.fromkeys(_set("about regarding concerning over"), "about"),
    **{word: word for word in ("at", "for", "from", "by", "with", "through", "under", "near")},
}
"""Prepositions that belong to the next word. The others ("until", "against", "without") count as words of their
own.
"""
_LOOSE = (
    {"in", "at"},
    {"in", "for"},
    {"in", "about"},
    {"to", "with"},
    {"to", "for"},
    {"about", "for"},
)
_LEFT_OUT = _set("in to about with")
"""Links that may be missing: "met with the king" and "met the king"."""
_FUNCTION = {
    **dict.fromkeys(_set("not no never neither nor nobody nothing none hardly untrue"), "not"),
    "without": "not",
    **dict.fromkeys(_set("may might possibly perhaps maybe possible"), "may"),
    "can": "can",
    "able": "can",
    "could": "could",
    **dict.fromkeys(_set("must need"), "must"),
    **dict.fromkeys(_set("should ought"), "should"),
    **dict.fromkeys(_set("likely probably"), "likely"),
    **dict.fromkeys(_set("reportedly allegedly apparently supposedly"), "reportedly"),
    **dict.fromkeys(_set("all every each everyone everybody entire whole"), "all"),
    **dict.fromkeys(_set("only solely alone"), "only"),
    **dict.fromkeys(_set("further another additional extra more"), "more"),
    **dict.fromkeys(_set("until till"), "until"),
    **dict.fromkeys(_set("numerous many"), "many"),
    **dict.fromkeys(_set("yearly annual annually"), "year"),
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
}
LY = 5
"""Letters of the shortest words in "-ly" that are no adverbs of manner: "only", "early"."""
_BEFORE_TIME = _set("until since before after")
_MODAL = _set("may can could must should likely")
_PAST = _set("has have had was were been did")
_ABOUT_AN_AMOUNT = re.compile(r"\b(?:about|some|around|roughly|approximately|circa|an estimated|close to)\s+(?=#)")
_BOUNDS = (
    (
        re.compile(r"\b(?:no|not) (?:fewer|less) than\s+(?=#)|\bat least\s+(?=#)|\ba minimum of\s+(?=#)"),
        "atleast ",
    ),
    (re.compile(r"\b(?:no|not) more than\s+(?=#)|\b(?:at most|up to|a maximum of|as many as)\s+(?=#)"), "atmost "),
    (re.compile(r"\b(?:more than|over|above|in excess of|exceeding|upwards of)\s+(?=#)"), "morethan "),
    (re.compile(r"\b(?:fewer than|less than|under|below)\s+(?=#)"), "lessthan "),
    (re.compile(r"\b(?:nearly|almost|just under)\s+(?=#)"), "nearly "),
    (re.compile(r"\b(?:a|an|another) (?:further|additional|extra)\s+(?=#)|\banother\s+(?=#)"), "more "),
    (re.compile(r"(?<=[\w%]) (?:a|per|each|every) (?=(?:year|month|week|day|hour|person|head)\b)"), " per "),
)


@dataclass(frozen=True, slots=True)
class Asserted:
    """The words of a content that affect its truth, and what else has to agree."""

    words: tuple[str, ...]
    links: tuple[str, ...]
    """The preposition before each word, as one of a few classes; empty if there is none."""
    text: str
    persons: frozenset[str]
    titles: frozenset[str]
    future: bool
    past: bool
    unreal: bool
    """Whether something would have happened but did not."""
    content: str
    short_names: frozenset[str]
    first_letters: frozenset[str]
    """Initials of the full names, which the other content may use instead."""


@lru_cache(maxsize=4_096)
def asserted(content: str, short_names: frozenset[str] = frozenset()) -> Asserted:
    """Return what `content` asserts. Full names whose initials are in `short_names` are shortened."""
    given = content
    if short_names:
        content = shortened(content, short_names)
    own_short, first_letters = short_names_in(content), first_letters_in(content)
    content = _LEAD_OUT.sub("", content)
    for _ in range(2):
        content = _LEAD_IN.sub("", content, count=1)
    content = _LEADING.sub(r"\2 \1", content)
    content, titles = without_titles(content)
    text = " ".join(tokens_of(printed_alike(content)))
    text = _ABOUT_AN_AMOUNT.sub("", text)
    for pattern, word in (*_BOUNDS, *PHRASES):
        text = pattern.sub(word, text)
    text = _OF_AN_AMOUNT.sub(r"\2 \1", text)
    text = _OF.sub(r"\2 \1", text)
    tokens = actively(_times_last(_adverbs_last(text.split())))
    words: list[str] = []
    links: list[str] = []
    link = ""
    denies = any(_FUNCTION.get(token) == "not" for token in tokens)
    for token in tokens:
        if token in _LINKS:
            link = _LINKS[token]
        elif token in _EMPTY or token in _PERSONS or (token in _DEGREE and not denies):
            continue
        else:
            words.append(_FUNCTION.get(token) or root_of(token))
            links.append(link)
            link = ""
    bag = frozenset(tokens)
    return Asserted(
        tuple(words),
        tuple(links),
        text,
        frozenset(_PERSONS[token] for token in tokens if token in _PERSONS),
        titles,
        future=not bag.isdisjoint({"will", "would", "shall"}),
        past=not bag.isdisjoint(_PAST) or any(token.endswith("ed") for token in tokens),
        unreal="would have" in text or "would not have" in text,
        content=given,
        short_names=own_short,
        first_letters=first_letters,
    )


@lru_cache(maxsize=16_384)
def root_of(word: str) -> str:
    """Return the root that `word` shares with its verb, noun and adverb: "decision" and "decide". Approximate."""
    if word[0] in "#@":
        return word
    stem = stem_of(word)
    root = ROOT.get(stem)
    if root:
        return root
    for ending, verb in _DERIVED:
        if stem.endswith(ending) and len(stem) >= len(ending) + 3:
            stem = stem[: -len(ending)] + verb
            break
    return ROOT.get(stem) or stem


_DERIVED = (
    ("ization", "iz"),
    ("ation", ""),
    ("ision", "id"),
    ("asion", "ad"),
    ("ction", "ct"),
    ("ition", ""),
    ("ment", ""),
)


def aligned(one: Asserted, other: Asserted) -> bool:
    """Return whether the words of two contents align one by one, and nothing else differs.

    Full names are shortened if the other content has only the short one.
    """
    in_one = (other.short_names - one.short_names) & one.first_letters
    in_other = (one.short_names - other.short_names) & other.first_letters
    if in_one or in_other:
        return _aligned(asserted(one.content, in_one), asserted(other.content, in_other))
    return _aligned(one, other)


def _aligned(one: Asserted, other: Asserted) -> bool:
    return (
        _one_by_one(one, other)
        and one.unreal == other.unreal
        and _one_time(one, other)
        and not (
            one.titles and other.titles and one.titles.isdisjoint(other.titles) and one.titles != other.titles
        )
        and not _other_persons(one.persons, other.persons)
    )


def _one_by_one(one: Asserted, other: Asserted) -> bool:
    if len(one.words) == len(other.words):
        return all(map(_one_word, one.words, other.words)) and all(
            map(_one_link, one.words, one.links, other.links)
        )
    # a compound may be printed as two words: "euro zone"
    joined, other_joined = ("".join(word.rstrip("e") for word in side.words) for side in (one, other))
    return (
        abs(len(one.words) - len(other.words)) == 1
        and joined == other_joined
        and [*filter(None, one.links)] == [*filter(None, other.links)]
    )


def without_first(one: Asserted, words: int) -> Asserted:
    """Return what a content asserts without its first words."""
    return replace(one, words=one.words[words:], links=one.links[words:], first_letters=frozenset())


def _one_word(one: str, other: str) -> bool:
    return (
        one == other
        or (one == "could" and other in ("can", "may"))
        or (other == "could" and one in ("can", "may"))
    )


def _one_link(word: str, one: str, other: str) -> bool:
    if one == other:
        return True
    if word[0] == "#":
        return {one, other} <= {"", "in", "at"} or {one, other} <= {"", "for"} or {one, other} <= {"", "by"}
    if word[0] == "@" or word in TIMES:
        return {one, other} <= {"", "in", "at"}
    if not one or not other:
        return (one or other) in _LEFT_OUT
    return {one, other} in _LOOSE


def _one_time(one: Asserted, other: Asserted) -> bool:
    """Return whether both speak of the future, or one of them in the present tense: "closes on Monday"."""
    if one.future == other.future:
        return True
    present = other if one.future else one
    return not present.past


def _other_persons(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether pronouns mean different people. A report says "he" or "they" where the speaker said "I"."""
    if {"he", "she"} <= one ^ other and not ("speaker" in one or "speaker" in other):
        return True
    return bool(one) and bool(other) and one.isdisjoint(other) and "hearer" in one | other


def _is_time(tokens: list[str], at: int) -> bool:
    """Return whether a token is a day or a date; "night" only counts after a day."""
    return (
        tokens[at] in TIMES
        or tokens[at][0] == "@"
        or (at > 0 and tokens[at] == "night" and tokens[at - 1] in DAYS)
    )


def _adverbs_last(tokens: list[str]) -> list[str]:
    """Return `tokens` with each adverb behind the participle that it stands before: "sharply risen"."""
    found = list(tokens)
    for at in range(len(found) - 1):
        if found[at].endswith("ly") and len(found[at]) > LY and PARTICIPLE.fullmatch(found[at + 1]):
            found[at : at + 2] = found[at + 1], found[at]
    return found


def _times_last(tokens: list[str]) -> list[str]:
    """Return `tokens` with the day or date and its preposition moved to the end, if there is exactly one."""
    at = [i for i in range(len(tokens)) if _is_time(tokens, i)]
    if not at or at[-1] - at[0] != len(at) - 1:
        return tokens
    start, end = at[0], at[-1] + 1
    while start and (
        tokens[start - 1] in ("the", "early", "late")
        or tokens[start - 1] in _LINKS
        or tokens[start - 1] in _BEFORE_TIME
    ):
        start -= 1
        if tokens[start] in _LINKS or tokens[start] in _BEFORE_TIME:
            break
    return [*tokens[:start], *tokens[end:], *tokens[start:end]]
