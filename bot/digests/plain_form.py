"""The plain form of a claim's content, which is the same however the statement was printed. Pure.

Two outlets report one sentence with different spellings, tenses, pronouns and number formats. The plain form
removes those differences and keeps everything that changes the meaning: numbers with their units, negation,
whether it is certain, possible or conditional, who does what to whom, names, days, and words such as "all" and "a
further".
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.digests.amounts import AMOUNT, amounts_read
from bot.digests.stems import stem_of
from bot.text.folding import fold

_CONTRACTIONS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b(?= (?:\w+ )?(?:\w+ed|been|had|seen|done|gone)\b)"), " had"),
    (re.compile(r"(?<=[a-z])'d\b"), " would"),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\b(it|he|she|that|there|what|who|here)'s\b"), r"\1 is"),
    (re.compile(r"'s\b|'(?=\s|$)"), ""),
    (re.compile(r"\b(?:is|are|am|was|were)( not)? going to\b"), r"will\1"),
    (re.compile(r"\bno longer\b"), "not anymore"),
    (re.compile(r"\b(?:as|so) long as\b|\bin case(?: of)?\b|\bin the event (?:of|that)\b"), "if"),
    (re.compile(r"\b(?:on condition that|subject to|depending on|pending|except(?: for)?|apart from)\b"), "if"),
    (re.compile(r"\b(?:on top of|in addition to|as well as|besides)\b"), "further"),
    (re.compile(r"\b(this|next|last) (week|weekend|month|year|morning|evening)\b"), r"\1\2"),
    (re.compile(r"\b(?:the )?(?:next|following) day\b"), "tomorrow"),
    (re.compile(r"\b(?:the )?(?:previous day|day before)\b"), "yesterday"),
    (re.compile(r"\bex (?=[a-z])"), "ex"),
    (re.compile(r"\bhad no (?=knowledge|idea)"), "did not have "),
)
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_WORD = re.compile(rf"{AMOUNT}|@\w+|[^\W_]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EMPTY = _set(
    "a an the that this these those there here of to in on at by for with from as into onto upon about "
    "over and or but so then than also too very just even still yet already quite rather really indeed "
    "own i me my mine we us our ours you your yours he him his she her hers it its they them their "
    "theirs who whom whose which what is are am was were be been being has have had having do does did "
    "doing will shall would s t said says say which whatsoever ever"
)
"""Words that a report changes freely: articles, pronouns, prepositions, auxiliaries."""
_NEGATIVE = _set("not no never nobody nothing none neither nor without hardly false untrue")
_DENYING = _set("deny deni refus")
_POSSIBLE = _set(
    "may might could can perhaps possibly maybe probably likely possible possibility chance reportedly allegedly "
    "appear appears appeared seem seems seemed apparently supposedly presumably"
)
_WISHED = _set("should must ought need")
_CONDITIONS = _set("if unless provided once until whether")
_QUANTIFIERS = {
    **dict.fromkeys(_set("all every each everyone everybody entire whole both"), "all"),
    **dict.fromkeys(_set("some several few certain partly part"), "some"),
    **dict.fromkeys(_set("most majority mainly mostly"), "most"),
    **dict.fromkeys(_set("many numerous"), "many"),
    **dict.fromkeys(_set("only solely"), "only"),
    **{word: word for word in ("half", "third", "quarter", "fifth", "tenth", "double", "twice")},
    **dict.fromkeys(_set("further another additional extra more again other second"), "more"),
    **dict.fromkeys(_set("least minimum fewer less below under maximum up above exceed nearly almost"), "bound"),
    **dict.fromkeys(
        _set("year yearly annual annually month monthly week weekly daily hour hourly"),
        "period",
    ),
}
"""Words that change how much is meant, by their meaning."""
_OPPOSITES = (
    ("rise rose risen increase grow grew grown climb gain up soar jump surge higher improve", "up"),
    (
        "fall fell fallen decrease drop decline shrink shrank shrunk lose lost down plunge slump lower worsen",
        "down",
    ),
    ("win won", "win"),
    ("accept approve back support favor agree", "for"),
    ("oppose against object", "against"),
    ("open reopen", "open"),
    ("close shut", "close"),
    ("guilty", "guilty"),
    ("innocent", "innocent"),
    ("before", "before"),
    ("after", "after"),
    ("start begin began begun", "start"),
    ("stop end cease halt", "end"),
    ("first", "first"),
    ("last", "last"),
    ("north northern", "north"),
    ("south southern", "south"),
    ("east eastern", "east"),
    ("west western", "west"),
)
_SENSE = {word: sense for words, sense in _OPPOSITES for word in words.split()}
"""The stems of words for the two sides of a question; more are added below."""
_BE = _set("is are am was were be been being")
_BEFORE_BE = _BE | _set("has have had will would shall should may might can could must not never")
PARTICIPLE = re.compile(
    r"\w+(?:ed|en|wn|ught|ung|ot|ade|old|eld|ost|id|uck|eard|one|ound|eft|ept|ent|aid|ead|uilt|ut|it)$"
)
DAYS = _set("monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight overnight")
TIMES = DAYS | {
    which + span
    for which in ("this", "next", "last")
    for span in ("week", "weekend", "month", "year", "morning", "evening")
}
TIMES |= _set(
    "january february march april june july august september october november december spring summer "
    "autumn winter morning afternoon evening noon midnight"
)


@dataclass(frozen=True, slots=True)
class PlainForm:
    """What a content says. `words` are its stems in order; the other fields must also agree for two contents to be
    one.
    """

    words: tuple[str, ...]
    text: str
    amounts: frozenset[str]
    negated: bool
    possible: frozenset[str]
    """Modality: whether it may be so ("may") or ought to be so ("must"). Empty if it is so."""
    conditions: int
    quantities: frozenset[str]
    senses: frozenset[str]
    names: frozenset[str]
    times: frozenset[str]


@lru_cache(maxsize=4_096)
def plain_form(content: str) -> PlainForm:
    """Return the plain form of `content`."""
    tokens = actively(tokens_of(content))
    stems = {token: stem_of(token) for token in tokens}
    said = [token for token in tokens if token not in _EMPTY]
    failed_to = sum(stems[one] == "fail" and other == "to" for one, other in pairwise(tokens))
    negations = failed_to + sum(token in _NEGATIVE or stems[token] in _DENYING for token in said)
    return PlainForm(
        words=tuple(stems[token] for token in said if not _is_told_apart(token, stems[token])),
        text=" ".join(tokens),
        amounts=frozenset(token for token in said if token.startswith("#")),
        negated=negations % 2 == 1,
        possible=frozenset(
            "may" if token in _POSSIBLE else "must" for token in said if token in _POSSIBLE or token in _WISHED
        ),
        conditions=sum(token in _CONDITIONS for token in said),
        quantities=frozenset(_QUANTIFIERS[token] for token in said if token in _QUANTIFIERS)
        | ({"to an amount"} if _changes_to_an_amount(tokens) else set()),
        senses=frozenset(
            sense for token in said if (sense := _SENSE.get(token) or _SENSE.get(stems[token])) is not None
        ),
        names=frozenset(fold(name) for name in _names_in(content)),
        times=frozenset(token for token in said if token in TIMES),
    )


def _changes_to_an_amount(tokens: list[str]) -> bool:
    """Return whether something rises or falls to an amount, rather than by one."""
    return any(
        second == "to"
        and third.startswith("#")
        and (_SENSE.get(first) or _SENSE.get(stem_of(first))) in {"up", "down"}
        for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _is_told_apart(token: str, stem: str) -> bool:
    """Return whether a token has a field of its own in the plain form and so does not belong to its words."""
    kinds = (_NEGATIVE, _POSSIBLE, _WISHED, _QUANTIFIERS)
    return stem in _DENYING or any(token in kind for kind in kinds)


_SENSE |= {stem_of(word): sense for word, sense in _SENSE.items() if sense in ("for", "against")}


def tokens_of(content: str) -> list[str]:
    """Return the folded words and amounts of `content`, contractions written out."""
    text = amounts_read(fold(content.replace("’", "'").replace("‘", "'")))
    text = _HYPHEN.sub("", text)
    for pattern, words in _CONTRACTIONS:
        text = pattern.sub(words, text)
    return _WORD.findall(text)


def actively(tokens: list[str]) -> list[str]:
    """Return `tokens` with "X was attacked by Y" as "Y attacked X"."""
    for at in range(1, len(tokens) - 1):
        if tokens[at] != "by" or not PARTICIPLE.fullmatch(tokens[at - 1]) or _is_measure(tokens[at + 1]):
            continue
        be = next((i for i in range(at - 2, max(at - 5, 0), -1) if tokens[i] in _BE), None)
        if be is not None and be > 0:
            while be > 1 and tokens[be - 1] in _BEFORE_BE:
                be -= 1
            by_whom = _phrase(tokens, at + 1)
            return [*tokens[at + 1 : by_whom], *tokens[be:at], *tokens[:be], *tokens[by_whom:]]
    return tokens


def _is_measure(token: str) -> bool:
    """Return whether "by" is followed by an amount or a day, and thus by no agent."""
    return token[0] in "#@" or token in TIMES


def _phrase(tokens: list[str], start: int) -> int:
    """Return where the noun phrase that starts at `start` ends, roughly: before the next small word."""
    end = start + 1
    if tokens[start] in ("the", "a", "an", "its", "his", "her", "their"):
        end += 1
    while end < len(tokens) and tokens[end] not in _EMPTY and tokens[end] not in TIMES and end - start < 4:
        if tokens[end] in ("near", "during", "after", "before", "because", "when", "while"):
            break
        end += 1
    return min(end, len(tokens))


_NAME = re.compile(r"(?<![.!?“\"'‘]\s)(?<=\w\s|,\s|-\s)[A-ZÀ-Þ][\w'-]*[a-zà-ÿ]\w*")


def _names_in(content: str) -> list[str]:
    """Return the capitalised words inside sentences, which are mostly names."""
    return [name for name in _NAME.findall(content) if name.lower() not in TIMES and fold(name) not in _EMPTY]
