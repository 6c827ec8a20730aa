"""What stands beside a name: the role before or behind it, and what goes on of an organisation's name."""

import re

from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.countries import STATES
from bot.extraction.wordlists.lexicon import (
    HONORIFICS,
    KIN,
    NAME_CONNECTORS,
    ORGANISATIONS,
    PREMODIFIERS,
    PREPOSITIONS,
    ROLE_FORMS,
    ROLES,
    SMALL_WORDS,
    TITLES,
)
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS

CALLINGS = ROLES | PERSON_NOUNS
"""What somebody can be, behind a name and a comma: "Mick Tran, a winemaker"."""

APART = re.compile(
    r"(?:^|[\s(“\"])((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[\w-]+['’]s)\s(?:[\w'’-]+\s){0,4}?[\w'’-]+),\s(?P<titles>(?:[A-Z][\w-]*\.?\s){0,2})$"
)
"""A role that stands before a name and a comma: "Its president, ", "Her deputy, Dr "."""
SEAT = re.compile(
    r",?\s\(?(?P<party>[RDI])-(?P<state>[A-Z][\w.]*(?:\s[A-Z]\w+)?)[),]|\sof\s(?P<of>[A-Z]\w+(?:\s[A-Z]\w+)?)"
)
CLOSES = frozenset(("", ",", ".", ";", ":", ")", "!", "?", "—", "–", "\n", "”", '"'))
FAR_CALLING = 5
"""Words from a connector back to the calling that it belongs to."""
CLAUSE = re.compile(
    r"\s(?:said|says|told|claim(?:s|ed)|that|was|were|is|are|had|has|will|would|did|does|can|could|may|might)(?=\s|$)",
    re.IGNORECASE,
)
"""What no role holds: behind the comma a clause begins."""
FARTHEST = 160
_FIELD = r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:and\s|of\s|&\s)?[A-ZÀ-Þ][\w’'-]+){0,3}"
PORTFOLIO = re.compile(
    rf"(?:^|[\s“\"])(?P<role>(?:[A-ZÀ-Þ][\w’'-]*\s){{0,3}}(?:Minister|Secretary|Commissioner|Spokesperson|Director)(?:\sof\sState)?\s"
    rf"(?:for|of)\s(?:the\s)?{_FIELD}(?:,\s{_FIELD})+,?\sand\s{_FIELD})(?:,?\s(?:Dr|Mr|Mrs|Ms|Prof|Sir)\.?)?,?\s$"
)
"""An office of several fields: "Minister for Housing, Local Government and Heritage "."""
UNPARTED = re.compile(r"[^\n.,;:!?\"“”()–—]*$")
SHORT = re.compile(
    r"(?<!\w)(?:(Lt|Maj|Brig)\.\s)?(Sen|Rep|Gov|Pres|Gen|Adm|Col|Capt|Cmdr|Sgt|Maj|Insp|Supt|Lt)\.\s$"
)
"""A short form before a name: "Gov. "."""
OPENING = 60
OPENED = re.compile(
    r"(?:^|[.!?”\"\n])\s*(?:According\sto|For|To|With|After|Like|Unlike|Besides|Before|Under|In|At|By|From)\s"
    r"(?:(?:the|Mr|Mrs|Ms|Dr|Prof)\.?\s)?(?:[A-ZÀ-Þ][\w.’'-]*\s)*[A-ZÀ-Þ][\w.’'-]*\s?$"
)
"""What opens a sentence whose subject only follows behind the comma."""
DETERMINERS = frozenset(("the", "a", "an", "its", "his", "her", "their"))
OWN = re.compile(r"^(?:its|his|her|their|our|my|whose)\s+", re.IGNORECASE)
_TO_ANOTHER = (
    "predecessor successor friend rival partner colleague neighbour neighbor advocate lawyer attorney opponent "
    "ally boyfriend girlfriend mate teammate classmate roommate flatmate housemate schoolmate fan follower "
    "supporter critic guest"
)
TIES = KIN | frozenset(_TO_ANOTHER.split())
"""What somebody is only to somebody else."""
OF_KIN = re.compile(rf"\b({'|'.join(sorted(KIN))})\s(?:of|to)\s.*$", re.IGNORECASE | re.DOTALL)
TOO_SHORT = frozenset(("secretary", "expert", "chief", "head", "fellow", "general", "acting", "former", "deputy"))
"""Words of a role that mean nothing without the rest of it."""
ONCE = frozenset(("former", "ex", "then", "late", "old", "longtime", "fellow", "one-time", "onetime"))
"""What tells when somebody was something, and not what."""
RANKS = frozenset(
    ("chief", "deputy", "assistant", "senior", "associate", "vice", "head", "lead", "junior", "acting")
)
"""What a role of several words begins with."""
OF_PLACES = frozenset(
    (
        "mayor",
        "governor",
        "bishop",
        "archbishop",
        "sheriff",
        "prefect",
        "president",
        "premier",
        "king",
        "queen",
        "emir",
    )
)
"""Offices that are of a place."""
LEARNT = ("ologist", "iatrist", "ographer", "onomist", "ontist")
"""Endings of what only people are."""
PARTY_OF = {"R": "republican", "D": "democrat", "I": "independent"}
_THING = r"[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)?"
FOR_SEVERAL = re.compile(
    rf"(?P<office>(?:[\w’'-]+\s){{1,4}}?)(?:for|of)\s{_THING}(?:,\s{_THING})+,?\s(?:and|&)\s[A-ZÀ-Þ][\w’'-]*\s"
    r"(?:(?:spokes\w+|officials?|secretary|chief|director)\s)?(?=[A-ZÀ-Þ])"
)
"""An office whose name has commas, before the name of whoever holds it."""


def shown_role(role: str | None) -> str | None:
    """Return a role as it is shown: whole, and somebody's own; None for what only ties one person to another.

    "Its chief executive" is chief executive; "her advocate", "friend" and "secretary" alone say too little.
    """
    if role is None:
        return None
    bare = OWN.sub("", role)
    words = [folded(word) for word in words_of(bare)]
    if not words or is_tie(role):
        return None
    own = [word.removeprefix("ex-") for word in words if word not in ONCE] or words
    unknown = len(words) == 1 and not is_calling(words[0])
    alone = unknown or (len(own) == 1 and own[0] in TIES | TOO_SHORT)
    return None if alone else bare


def own_role(role: str | None) -> str:
    """Return a role without whom somebody is a relative of: the "senator" in "son of a senator" is another one."""
    return OF_KIN.sub(r"\1", role or "")


def is_calling(word: str) -> bool:
    """Return whether somebody can be what `word` says, which is folded: "ex-spy", "audiologist"."""
    return (
        word in CALLINGS
        or word.removeprefix("ex-") in CALLINGS
        or word.rsplit("-", maxsplit=1)[-1] in CALLINGS
        or word.endswith(LEARNT)
    )


def is_tie(role: str) -> bool:
    """Return whether a role only ties a person to another: "her advocate", "she and her aide"."""
    if re.search(r"\sand\s(?:his|her|their|its)\s", role):
        return True
    role = re.sub(r"\bex-", "", role, flags=re.IGNORECASE)
    owned = OWN.match(role) or re.match(r"(?:[A-ZÀ-Þ][\w-]*\s){0,3}[A-ZÀ-Þ][\w-]*['’]s?\s", role)
    return owned is not None and bool(TIES & {folded(word) for word in words_of(role[owned.end() :])})


def holds_office(before: str | None) -> bool:
    """Return whether the words before a name are an office or trade: "Mayor", no "Professor" or "colleague"."""
    words = [folded(word) for word in words_of(before or "")]
    return bool(words) and words[-1] in ROLES - LEARNED - TIES


def only_classes(behind: str) -> bool:
    """Return whether what stands behind a name only tells to what sort somebody belongs: "a Republican".

    Whoever holds an office is known by that.
    """
    return re.match(r"an?\s", behind, re.IGNORECASE) is not None


LEARNED = frozenset(("professor", "prof", "doctor", "dr"))
"""Titles that say less than what somebody does: "Professor Ivo Lang, an economist at Bergen"."""
LEADS = frozenset(
    (
        *(
            "when",
            "while",
            "after",
            "before",
            "as",
            "if",
            "but",
            "although",
            "though",
            "since",
            "because",
            "until",
        ),
        *("once", "where", "however", "meanwhile", "earlier", "later", "then-", "yesterday", "today"),
    )
)
"""Words with a capital only because they begin a sentence: no part of a role."""


def role_before(text: str, start: int, floor: int = 0, end: int | None = None) -> str | None:
    """Return the role that stands right before a name: "Syrian army chief of staff" before "Gen Ayyoub".

    `floor` is where the name of the person before ends: "singer Dee Marlo and producer Kit Vance". `end` is where
    this name ends: "to speak with his mother, Marlo was called" gives no role, as no comma closes it.
    """
    low = max(floor, start - 90, 0)
    apart = APART.search(text[low:start])
    titled = apart is not None and all(folded(word) in TITLES for word in apart["titles"].split())
    closed = end is None or text[end : end + 1] in CLOSES
    last = _last_phrase(apart.group(1)) if apart and titled and closed else ""
    if last and _noun_of(last) not in CALLINGS:
        last = _innermost(last)
    own = apart is not None and any(folded(word) not in HONORIFICS for word in apart["titles"].split())
    if last and _noun_of(last) in CALLINGS and not (own and is_tie(last)):  # "his wife, Rep. Marlo" has an office
        return re.sub(r"^(?:its|his|her|their)\s+", "", without_article(last), flags=re.IGNORECASE)
    portfolio = PORTFOLIO.search(text[max(floor, start - FARTHEST) : start])
    if portfolio is not None:
        return portfolio["role"]
    words = _run_before(text, low, start)
    first = len(words)
    role_seen = False
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        lower = folded(word)
        if is_calling(lower):
            role_seen = True
        elif not (
            word[:1].isupper()
            or (lower in NAME_CONNECTORS and (role_seen or _is_behind_calling(words, index)))
            or lower in PREMODIFIERS
            or (role_seen and _is_ranked(words, index))
        ):
            break
        first = index
    run = words[first:]
    if words and first == 0 and low == floor > 0 and folded(words[0]) in PREPOSITIONS and "and" in run:
        run = run[run.index("and") + 1 :]  # "Senator Ed Kean of Ohio and Representative Sue Kean"
    while run and (folded(run[0]) in NAME_CONNECTORS or folded(run[0]) in LEADS):
        run = run[1:]
    run = _behind_another(run)
    return " ".join(run) if role_seen and run and len(run) <= 9 else None


def _run_before(text: str, low: int, start: int) -> list[str]:
    """Return the words right before a name that no mark parts from it, a short form written out: "Gov."."""
    short = SHORT.search(text, low, start)
    left = UNPARTED.search(text[low : short.start() if short else start])
    words = left.group().split() if left else []
    if left is not None and left.group() and not left.group().endswith(" "):
        return []
    return [*words, *(ROLE_FORMS[folded(word)].title() for word in (short.groups() if short else ()) if word)]


def _behind_another(run: list[str]) -> list[str]:
    """Return the role right before a name without who is somebody to its bearer: "husband of Police Chief"."""
    if not run or folded(run[-1]) not in CALLINGS:
        return run
    for index in range(len(run) - 2, 0, -1):
        if folded(run[index]) in ("of", "for", "to") and folded(run[index - 1]) in CALLINGS:
            return run[index + 1 :]
    return run


def _is_ranked(words: list[str], index: int) -> bool:
    """Return whether a word in small letters stands between a rank and a calling: "Chief technology officer"."""
    if not words[index].isalpha() or folded(words[index]) in SMALL_WORDS or folded(words[index]) in PREPOSITIONS:
        return False
    before = words[max(0, index - 2) : index]
    ranks = [number for number, word in enumerate(before) if folded(word) in RANKS]
    return bool(ranks) and all(word.isalpha() and folded(word) not in SMALL_WORDS for word in before[ranks[-1] :])


def _is_behind_calling(words: list[str], index: int) -> bool:
    """Return whether a connector, not the last word, goes on from a calling: "Minister for Ports and Shipping"."""
    if index >= len(words) - 1:
        return False
    for word in reversed(words[max(0, index - FAR_CALLING) : index]):
        if folded(word) in CALLINGS:
            return True
        if not word[0].isupper() and folded(word) not in NAME_CONNECTORS:
            return False
    return False


def _last_phrase(words: str) -> str:
    """Return the last noun phrase of `words`: "its chair" of "the party lost its chair"."""
    found = words.split()
    for number in range(len(found) - 1, 0, -1):
        if folded(found[number]) in DETERMINERS and folded(found[number - 1]) not in PREPOSITIONS:
            return " ".join(found[number:])
    return words


def _innermost(words: str) -> str:
    """Return the last of `words` from its article on: "the prime minister" of "a letter to the prime minister"."""
    found = words.split()
    number = max((number for number, word in enumerate(found) if folded(word) in DETERMINERS), default=0)
    return " ".join(found[number:])


def _noun_of(role: str) -> str:
    """Return the noun of a role, what it is of left out: "ambassador" of "the Vatican’s ambassador in Managua"."""
    words = [folded(word) for word in role.split()]
    end = next((number for number, word in enumerate(words) if number and word in PREPOSITIONS), len(words))
    return words[end - 1]


def seat_after(text: str, end: int, before: str | None = None) -> frozenset[str]:
    """Return the words for what a lawmaker is, by what stands behind the name: "(R-S.C.)" is a Republican's.

    `before` is the role in front of the name: a mayor is one of whatever town stands behind.
    """
    found = SEAT.match(text[end : end + 40])
    if found is None:
        return frozenset()
    if found["of"]:
        written = folded(found["of"])
        placed = bool(OF_PLACES & {folded(word) for word in words_of(before or "")})
        return frozenset(written.split()) if placed or written in STATES.values() else frozenset()
    written = folded(found["state"])
    state = STATES.get(written.replace(" ", ""), written if written in STATES.values() else None)
    return frozenset((PARTY_OF[found["party"]], *state.split())) if state else frozenset()


def name_tail(name: str, following: str) -> str:
    """Return what follows an organisation's name and belongs to it: " for Human Rights" after "Observatory"."""
    found = re.match(
        r"(?:\s(?:of|for)(?!\sRs\b)(?:\sthe)?(?:\s[A-Z][\w’'-]+)+(?:\sand(?:\s[A-Z][\w’'-]+)+)?)+", following
    )
    return found.group() if found and folded(name.rsplit(maxsplit=1)[-1]) in ORGANISATIONS else ""


def _is_of_things(words: list[str]) -> bool:
    """Return whether the noun of a description is an organisation's: "London-based private equity firm"."""
    end = next((number for number, word in enumerate(words) if number and word in PREPOSITIONS), len(words))
    return words[end - 1] in ORGANISATIONS - ROLES


def role_after(text: str, end: int, before: str | None = None) -> str | None:
    """Return the role that stands behind a name and a comma: ", the Syrian army chief of staff,".

    `before` is the role in front of the name, if any.
    """
    found = re.match(
        r"(?:['’]?,\s+(?:\d\d?,\s+)?|\s[-–—]\s)"
        r"((?:an?|the|former|\w+['’]s|[a-z-]+)\s(?:[^,.;:!?\"“”()\n–—]|(?<=[\s.][A-Z])\.|(?<=\s[MDS][rst])\.|(?<=\sMrs)\.){3,90}?)"
        r"(?:[,–—\n]|(?<![\s.][A-Z])(?<!\s[MDS][rst])(?<!\sMrs)\.|\s(?:who|which)\b|\s[(-])",
        text[end : end + 120],
    )
    if not found:
        return None
    words = [folded(word) for word in words_of(found.group(1))]
    if holds_office(before) and only_classes(found.group(1)):
        return None
    if CLAUSE.search(found.group(1)) or (
        not found.group().endswith(",") and OPENED.search(text[max(0, end - OPENING) : end])
    ):
        return None  # "According to Kovacs, the manager claimed that"
    if not re.match(r"(?:an?|the|former|\w+['’]s)\s", found.group(1)) and words[0] not in CALLINGS | PREMODIFIERS:
        return None
    several = words[0].endswith("s") and words[0][:-1] in CALLINGS  # "In a letter to Voss, doctors called it"
    if several or len(words) > 12 or not any(word in CALLINGS for word in words) or _is_of_things(words):
        return None
    return without_article(found.group(1).strip())
