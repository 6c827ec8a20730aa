"""What a source says about who speaks: the words of a noun phrase taken apart, without looking at the article.

from bot.extraction.noun_phrases.simple_phrases import AND, DETERMINERS, is_role, joint_phrase, simple_phrase

"Gen Ali Abdullah Ayyoub, the Syrian army chief of staff" has the name "Ali Abdullah Ayyoub" and the role "Syrian
army chief of staff"; "a senior military official" is a description; "he" is a pronoun. Capital letters carry most
of it, so that text without punctuation reads nearly as well.
"""

import re
from dataclasses import replace

from bot.extraction.noun_phrases.affixes import (
    BRACKETS,
    PARTY,
    REFLEXIVE,
    parted,
    without_manner,
    without_trimmings,
)
from bot.extraction.noun_phrases.clauses import (
    COUNTED,
    ONE_OF_THEM,
    RELATIVE,
    THOSE,
    apposed,
)
from bot.extraction.noun_phrases.persons import (
    SUFFIX,
    clean_role,
    person_named,
)
from bot.extraction.noun_phrases.phrase import NOTHING, Form, Names, Phrase
from bot.extraction.noun_phrases.roles import FOR_SEVERAL, holds_office, is_tie, only_classes
from bot.extraction.noun_phrases.simple_phrases import AND, DETERMINERS, is_role, joint_phrase, simple_phrase
from bot.extraction.noun_phrases.spelling import (
    EDGES,
    folded,
    trimmed,
    without_article,
    without_possessive,
    words_of,
)
from bot.extraction.wordlists.countries import COUNTRY_NAMES
from bot.extraction.wordlists.lexicon import (
    OF_THINGS,
    ORGANISATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    TITLES,
)

_COUNTRY = "|".join(re.escape(name) for name in sorted(COUNTRY_NAMES, key=len, reverse=True))
NEIGHBOUR = re.compile(rf"^({_COUNTRY})\s+(?=(?:{_COUNTRY})['’]s?\s)")
"""A country right before what it is to another, whose comma scraping has lost: "Turkey Syria's neighbor"."""
OUTLET = re.compile(r"[Tt]he\s[A-ZÀ-Þ][a-z]+$")
PAPERS = frozenset(("newspaper", "magazine", "paper", "website", "daily", "weekly", "tabloid", "broadsheet"))
"""What a name of one word is said to be: "the Independent, a British newspaper"."""
EXAMPLES_BEHIND = re.compile(r",?\ssuch\sas\s(?=[A-ZÀ-Þ]).*$", re.DOTALL)
"""Whom a description of several names as examples: "older members such as Greta Holmes"."""
LEAD = re.compile(r"^(?:[Ee]ven|[Oo]nly|[Jj]ust|[Ww]hile|[Hh]ow many of|[Bb]oth of)\s+(?=\S)")
"""What stands before a source and says nothing of it."""
OF_WHOM = re.compile(r"\bof\s+(?:whom|which)$")
CONTRACTED = re.compile(r"['’](?:s|d|m|re|ve|ll)$")
PARTICIPLE = re.compile(
    r"(?:(?:best|better|well|also|long|formerly|previously|once|now)\s+)?"
    r"(?:known|called|named|based|headquartered|founded|owned|backed|led|run|listed)\b|"
    r"(?:no|not)\s|[a-z]+ing\s(?:at|to|in|into|on|onto|with|for|from|her|his|their|its|the|an?)\b",
    re.IGNORECASE,
)
"""What a name has behind its comma that is no role: "best known for its vans"."""
USER = re.compile(
    r"(?:(?:[Aa]|[Tt]he|[Aa]nother|[Oo]ne)\s)?(?:[A-Za-z]+\s){0,2}?[Uu]ser,?\s(?!of\b|who\b|in\b|on\b|from\b|with\b)(?P<name>\w[\w.-]*\w)"
)
"""Somebody by a user name: "forum user volt_jenny"."""
_CALLED = r"(?P<name>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}\.?)"
IDENTIFIED = re.compile(rf"\bidentified\s+(?:only\s+)?as\s+{_CALLED}")
NAMES_ITSELF = re.compile(
    r"\bwho\s+(?:\w+\s+){0,5}?(?:gave\s+(?:only\s+)?(?:his|her|their)\s+(?:\w+\s+)?name|identif(?:ied|y)|(?:named|known))\s+"
    rf"(?:(?:himself|herself|themselves|only|just|simply)\s+)*(?:as|by\s+(?:his|her|their)\s+(?:\w+\s+)?name,)\s+{_CALLED}"
)
GOES_BY = re.compile(
    rf"\bwho\s+(?:goes|went)\s+by(?:\s+the\s+(?:\w+\s)?(?:name|alias|pseudonym|nickname)(?:\s+of)?)?\s+[“\"]?{_CALLED}"
)
"""What somebody without a name is called by: "one woman, who gave her name only as Nino"."""


def read_phrase(
    text: str, names: Names = (), *, opens_sentence: bool = False, unpunctuated: bool = False
) -> Phrase:
    """Take a source apart.

    `names` are those that the name finder saw in it, with their labels, in order; `opens_sentence` says that its
    first capital means nothing, `unpunctuated` that the article has lost its commas.
    """
    bare = trimmed(text)
    if not words_of(bare) or bare == "s":
        return NOTHING
    pronoun = _pronoun(bare)
    if pronoun is not None:
        return pronoun
    if OF_WHOM.search(bare):
        return Phrase(Form.DESCRIPTION, bare, head=folded(bare.split()[0]), plural=True)
    bare = without_trimmings(RELATIVE.sub("", BRACKETS.sub("", LEAD.sub("", bare)))) or bare
    bare = EXAMPLES_BEHIND.sub("", bare)
    relative = RELATIVE.search(text)
    bare = REFLEXIVE.sub("", bare)
    bare = bare if opens_sentence else without_manner(bare)
    special = _counted_or_identified(bare, text)
    if special is not None:
        return special
    clean = [(PARTY.sub("", without_possessive(trimmed(name))), label) for name, label in names]
    clean = [(name, label) for name, label in clean if name]
    bare = parted(NEIGHBOUR.sub(r"\1, ", bare), clean, unpunctuated=unpunctuated)
    found = _segments(bare, clean, opens_sentence=opens_sentence)
    if relative and found.form is Form.DESCRIPTION and not found.tail:
        return replace(found, tail=relative.group().strip(EDGES))
    return found


def _counted_or_identified(text: str, whole: str) -> Phrase | None:
    """Read "less than 2 in 10", "those dismissed", and the name of "a man identified as Jens Holm".

    `whole` is the phrase with its relative clause.
    """
    if COUNTED.match(text) or THOSE.match(text):
        return Phrase(Form.DESCRIPTION, text[0].lower() + text[1:], head="people", plural=True)
    user = USER.match(whole)
    if user and (set("_0123456789") & set(user["name"]) or user["name"].islower()):
        return Phrase(Form.NAME, user["name"], "PERSON")
    identified = IDENTIFIED.search(text) or NAMES_ITSELF.search(whole) or GOES_BY.search(whole)
    return Phrase(Form.NAME, trimmed(identified["name"]), "PERSON") if identified else None


def _pronoun(text: str) -> Phrase | None:
    words = [folded(word) for word in words_of(text)]
    words[0] = CONTRACTED.sub("", words[0])
    if text.rstrip(".").isupper() and words[0] == "us":
        return None
    follows = len(words) == 1 or words[1] in ("also", "both", "all", "himself", "herself", "themselves")
    if words[0] in PRONOUNS and (follows or words[0] in ("who", "whom")):
        return Phrase(Form.PRONOUN, words[0])
    return None


def _segments(text: str, names: Names, *, opens_sentence: bool) -> Phrase:
    """Read a phrase that may hold an apposition after a comma or dash."""
    if (holder := _holder_of_several(text, names)) is not None:
        return holder
    parts = apposed(text)
    suffixed = [f"{parts[0]}, {parts[1]}"] if len(parts) > 1 and SUFFIX.match(parts[1]) else []
    if len(parts) > 1 and re.search(r"(?:^|\s)and\s", parts[-1]):
        listed = joint_phrase([p for part in parts for p in AND.split(re.sub(r"^and\s+", "", part))], names)
        if listed is not None:
            return listed
    first = simple_phrase(parts[0], names, opens_sentence=opens_sentence)
    if len(parts) == 1 or suffixed:
        return first
    if (named := _named_behind(parts, first, names)) is not None:
        return named
    return _apposition(parts, first, names)


def _holder_of_several(text: str, names: Names) -> Phrase | None:
    """Read the name behind an office that has commas: "Minister for Children, Families and Schools Ida Holm"."""
    office = FOR_SEVERAL.match(text)
    name = text[office.end() :] if office else ""
    if office is None or not is_role(office["office"]) or (name, "PERSON") not in names:
        return None
    return Phrase(Form.NAME, name, "PERSON", clean_role(office.group().strip()))


def _apposition(parts: list[str], first: Phrase, names: Names) -> Phrase:
    """Read a phrase whose first part is `first`, with what else is said of it in the other `parts`."""
    second = simple_phrase(parts[1], names, opens_sentence=False)
    if ONE_OF_THEM.fullmatch(parts[0]) and second.form in (Form.NAME, Form.DESCRIPTION) and not second.plural:
        return second
    if first.form is Form.NAME and first.label != "PERSON" and second.owner in POSSESSIVES and len(parts) > 2:
        person = simple_phrase(parts[2], names, opens_sentence=False)
        if second.head in ROLES and person.form is Form.NAME:
            return _with_role(replace(person, label="PERSON"), without_article(parts[1]).split(maxsplit=1)[-1])
    if first.form is Form.NAME:
        of_things = first.label == "PERSON" and _is_of_things(second)
        described = second.form is Form.DESCRIPTION and not of_things and not PARTICIPLE.match(parts[1])
        described = described and not (holds_office(first.role) and only_classes(parts[1]))
        return _with_role(first, without_article(", ".join(parts[1:])) if described else None)
    if first.form is Form.DESCRIPTION and second.form is Form.NAME and not first.plural:
        named = second
        if second.label is None or (second.label != "PERSON" and first.head in ROLES - OF_THINGS):
            human = first.head in ROLES and (first.head not in OF_THINGS or len(second.text.split()) < 3)
            named = replace(second, label="PERSON" if human else second.label)
        if named.label == "PERSON" or first.definite:
            own = named.role is not None and is_tie(parts[0])  # "their critic, beekeeper Rui Matos"
            return named if own else _with_role(named, first.text)
    return _outlet(parts[0], second) or first


def _named_behind(parts: list[str], first: Phrase, names: Names) -> Phrase | None:
    """Return the person whom a description with another name in it is of: "the wife of Mayor Reed, Ida Reed"."""
    if first.form is not Form.NAME:
        return None
    before = parts[0][: parts[0].rfind(first.text)].split()
    small = any(word[:1].islower() and folded(word) not in DETERMINERS for word in before)
    described = small and (bool(PREPOSITIONS & set(before)) or is_role(" ".join(before)))
    office = first.label != "PERSON" and is_role(first.text) and bool(PREPOSITIONS & set(first.text.split()))
    if not (described or office):
        return None
    people = sorted((name for name, label in names if label == "PERSON" and " " in name), key=len, reverse=True)
    for name in people:
        lead, found, _ = parts[1].partition(name)
        if found and all(folded(word) in TITLES for word in lead.split()):
            person = person_named(lead + name, name)
            role = re.sub(r"^(?:[Oo]ne|[Aa]nother|[Ss]ome)\s+", "", without_article(parts[0]))
            return _with_role(person, role) if person else None
    return None


def _outlet(name: str, described: Phrase) -> Phrase | None:
    """Return "the Independent" as a name if it is `described` as a newspaper, None if not."""
    if not OUTLET.match(name) or described.form is not Form.DESCRIPTION or described.head not in PAPERS:
        return None
    return Phrase(Form.NAME, without_article(name), "ORG", described.text)


def _is_of_things(read: Phrase) -> bool:
    """Return whether a description can only be said of an organisation: "a London-based private equity firm"."""
    head = words_of(read.text)[-1:] and folded(words_of(read.text)[-1])
    return read.head in ORGANISATIONS - ROLES and (head == read.head or not is_role(read.text))


def _with_role(phrase: Phrase, role: str | None) -> Phrase:
    return Phrase(phrase.form, phrase.text, phrase.label, role or phrase.role, phrase.title)
