"""Whether a word can mean someone: pronouns by number and gender, descriptions by name and role."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile

from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.noun_phrases.roles import LEARNED, own_role
from bot.extraction.noun_phrases.spelling import folded, without_possessive, words_of
from bot.extraction.wordlists.countries import CAPITALS, COUNTRIES
from bot.extraction.wordlists.lexicon import (
    COMPANY_ENDINGS,
    INSTITUTIONS,
    NAMED_THINGS,
    OFFICES,
    ORGANISATIONS,
    PEOPLES,
    PLACES,
    PREPOSITIONS,
    PRESS,
    PROPER_ADJECTIVES,
    ROLE_FORMS,
    ROLE_MODIFIERS,
    ROLES,
    SINGULAR,
    SORTS,
    STANDS_BESIDE,
    TOWNS,
)
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import ActorType

LIKE = {Certainty.SURE: 0.7, Certainty.LIKELY: 0.7, Certainty.GUESSED: 0.3}
UNLIKE = {Certainty.SURE: None, Certainty.LIKELY: 2.5, Certainty.GUESSED: 0.5}
"""What a known gender weighs for a person where a pronoun has it, and against where it has not."""
GLUED = re.compile(r"([A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]+)([A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]{2,})")
ADJECTIVE = re.compile(r"(?:ic|an|ish|ese|al)$")
PREFIXES = frozenset(("mc", "mac", "fitz", "de", "du", "la", "le", "van", "von", "del", "da", "di"))
"""What stands before a capital within a name: "McKay"."""
OWNED = re.compile(r"(?<=\b[Tt]he\s)([a-z]+)s(?=\s(?!union|federation|association|league|guild|society)[a-z])")
"""The owner of something; unions and similar bodies belong to several."""
OWNERS = ROLES | ORGANISATIONS | PLACES | TOWNS
OVER_OTHERS = frozenset(("regulator", "watchdog", "agency", "league", "federation"))
"""Bodies that watch over others: a name of which nothing is known is rather one of those others."""
NATIONALITIES = frozenset(word.removesuffix("s") for word in PEOPLES) | frozenset(
    (
        *(
            "albanian",
            "argentine",
            "bolivian",
            "british",
            "cambodian",
            "chilean",
            "congolese",
            "croatian",
            "danish",
        ),
        *(
            "dutch",
            "ecuadorian",
            "english",
            "estonian",
            "finnish",
            "french",
            "ghanaian",
            "greek",
            "irish",
            "ivorian",
        ),
        *(
            "japanese",
            "kazakh",
            "latvian",
            "lithuanian",
            "malaysian",
            "malian",
            "mongolian",
            "norwegian",
            "panamanian",
        ),
        *(
            "peruvian",
            "polish",
            "portuguese",
            "rwandan",
            "scottish",
            "senegalese",
            "serbian",
            "slovak",
            "slovenian",
        ),
        *(
            "spanish",
            "swedish",
            "swiss",
            "taiwanese",
            "tanzanian",
            "thai",
            "turkish",
            "ugandan",
            "vietnamese",
            "welsh",
        ),
        *("zambian", "zimbabwean"),
    )
)
"""Adjectives of countries: of two ministers each is called by his own."""
OFFICER = re.compile(r"\bchief\s(?P<of>\w+)(?:\s\w+)?\sofficer\b|\bchief\s(?P<alone>executive)\b", re.IGNORECASE)
"""Whom an acronym means: "the CFO" is the chief financial officer."""
LEAVING = frozenset(("former", "outgoing", "departing", "ousted"))
COMING = frozenset(("new", "incoming", "next"))
"""Words for who held an office until now, and for who holds it from now on."""
OTHERS_OFFICE = frozenset(("former", "shadow", "deputy", "vice", "acting", "assistant"))
"""Words that make an office another one."""
_LESSER = frozenset(("vice", "deputy", "under", "assistant", "sub"))
_NOUNS = {ROLE_FORMS.get(word, word) for word in ROLES} | PERSON_NOUNS
COLLECTIVE = (ActorType.ORG, ActorType.GPE, ActorType.DOCUMENT)


def restored_possessives(text: str, names: Iterable[str]) -> dict[str, str]:
    """Return the words of a text without apostrophes that are really possessives: "Russias" to "Russia's".

    Only where the text has no apostrophe at all, and the bare form is a country's or a capital's name, or one of
    its `names` ends in it.
    """
    if re.search("['’]", text):
        return {}
    ends = {words[-1] for name in names if (words := words_of(name))}
    capitalised = set(re.findall(r"(?<![A-Z])[A-Z][^\W_]+", text))
    return {
        word: f"{word[:-1]}'s"
        for word in capitalised
        if len(word) > 3
        and word.endswith("s")
        and (word[:-1] in ends or folded(word[:-1]) in COUNTRIES | CAPITALS)
        and folded(word) not in COUNTRIES | CAPITALS
    }


def with_owners(text: str) -> str:
    """Return a source from a text without apostrophes with those that tell an owner: "the governors office"."""
    return OWNED.sub(lambda found: f"{found[1]}'s" if folded(found[1]) in OWNERS else found.group(), text)


def restored_hyphens(text: str, persons: Iterable[str]) -> dict[str, str]:
    """Return the double names in a text without hyphens: "KovacsRay" to "Kovacs-Ray".

    `persons` are their names as the text has them, none of which goes over the end of a sentence.
    """
    if "-" in text:
        return {}
    found = (GLUED.fullmatch(word) for name in persons for word in name.split())
    return {word.group(): f"{word[1]}-{word[2]}" for word in found if word and folded(word[1]) not in PREFIXES}


def after_preposition(words: Sequence[str], word: str) -> bool:
    """Return whether `word`, of the `words` of a description, belongs to what follows "of", or a similar word."""
    before = words[: words.index(word)]
    return word != "the" and word not in PREPOSITIONS and any(other in PREPOSITIONS for other in before)


def holds(member: Member, complement: Sequence[str]) -> bool:
    """Return whether a member's name or role has all of the words after "of" in a description of it."""
    known = {folded(word) for word in words_of(f"{member.name} {member.role or ''}")} | member.seat
    return all(word in known for word in complement)


def agreement(member: Member, word: str) -> float | None:
    """Return how well a member agrees with a pronoun in number and gender, or None where it does not."""
    person = member.type is ActorType.PERSON or (member.type is ActorType.UNNAMED and not member.plural)
    if word in SINGULAR:
        return _alike(member, SINGULAR[word]) if person else None
    if word in ("it", "its", "itself"):
        return _as_it(member) if member.type in COLLECTIVE and not member.plural else None
    if word in ("they", "them", "their", "theirs", "themselves"):
        if member.plural or member.type is ActorType.GROUP:
            return 1.0
        return -0.5 if member.type is ActorType.ORG else None
    return None


def _as_it(member: Member) -> float:
    """Return how well "it said" goes with a member: governments speak, towns rarely do."""
    if member.type is ActorType.GPE and folded(member.name) not in COUNTRIES | CAPITALS:
        return -0.8
    return 0.5 if member.type is ActorType.ORG else 0.0


def _alike(member: Member, gender: str) -> float | None:
    named = 0.3 if member.type is ActorType.PERSON else 0.0
    if member.gender in (None, gender):
        return named + (LIKE[member.certainty] if member.gender else 0.0)
    unlike = UNLIKE[member.certainty]
    return None if unlike is None else named - unlike


def fit(member: Member, head: str, modifiers: Sequence[str], *, plural: bool) -> float:
    """Return how well a definite description ("the South Carolina senator") fits a member; 0 for not at all."""
    if member.head:
        same = ROLE_FORMS.get(member.head, member.head) == head and member.plural == plural
        words = {folded(word) for word in words_of(member.name)}
        if (set(modifiers) ^ words) & OTHERS_OFFICE:
            return 0.0  # the former minister is not "the prime minister", the shadow minister not the minister
        missing = sum(word not in words for word in modifiers)
        return 2.0 - 0.9 * missing if same and missing < 2 else 0.0
    if plural:
        return 0.0
    if member.type is ActorType.PERSON:
        return _fit_of_role(member, head, modifiers)
    words = {folded(word) for word in words_of(member.name)}
    if member.type in (ActorType.ORG, ActorType.DOCUMENT) and head in nouns_of(member.name):
        missing = sum(word not in words for word in modifiers)
        return 2.2 - 1.2 * missing
    return 0.0


def _fit_of_role(member: Member, head: str, modifiers: Sequence[str]) -> float:
    """Return how well a description fits a person by role; who holds an office is not who held it."""
    role = words_of_role(member.role) | member.seat
    leaves = bool(role & LEAVING)
    now = "former" in modifiers and role & OFFICES and not leaves
    if now or (leaves and COMING.intersection(modifiers)) or head not in role or head not in _NOUNS:
        return 0.0
    missing = sum(word not in role for word in modifiers if word not in ("former", "then"))
    if NATIONALITIES.intersection(modifiers) - role and NATIONALITIES & role - set(modifiers):
        return 0.0  # "the Italian minister" is not the Albanian one
    if COUNTRIES.intersection(modifiers) - role and COUNTRIES & role - set(modifiers):
        return 0.0  # "the India captain" is not England's
    past = 0.4 * (leaves and not LEAVING.intersection(modifiers))
    titled = 0.6 * (head not in words_of_role(member.role) | (member.seat - LEARNED))
    return 2.5 - titled - 0.5 * missing + 0.3 * (len(modifiers) - missing) - past


def belongs_elsewhere(role: str | None, words: Sequence[str]) -> bool:
    """Return whether a role names something else than a description does: "Hill Farm star", "the Two Moons star".

    `words` are those of the description, in its spelling. What says where somebody is from names nothing.
    """
    named, own = _proper(words), _proper(words_of(role or ""))
    return bool(named and own) and not named & own


def _proper(words: Sequence[str]) -> set[str]:
    """Return the words with capitals that are no roles, parties, peoples, countries or adjectives of these."""
    known = ROLES | ROLE_MODIFIERS | COUNTRIES | PROPER_ADJECTIVES | PEOPLES
    low = {folded(word) for word in words if word[:1].isupper()}
    return {word for word in low if word not in known and f"{word}s" not in PEOPLES and not ADJECTIVE.search(word)}


def words_of_role(role: str | None) -> set[str]:
    """Return the words of a role in the form in which they are compared.

    "Singer-songwriter" is both; "ex-spy" is a former spy; a vice-president is no president.
    """
    found: set[str] = set()
    for word in words_of(own_role(role)):
        low = folded(word)
        found.add(without_possessive(low))  # "Norrland's president" is the Norrland president
        first, _, last = low.partition("-")
        if first == "ex" and last:
            found |= {"former", last}
        elif last and first not in _LESSER:
            found |= {first, last}
        found.add(low)
    for word in tuple(found):
        if (nationality := _nationality_of(word)) is not None:
            found.add(nationality)
    officer = OFFICER.search(role or "")
    if officer is not None:
        found.add(f"c{folded(officer['of'] or officer['alone'])[0]}o")
    return {ROLE_FORMS.get(word, word) for word in found}


@cache
def _nationality_of(country: str) -> str | None:
    """Return the adjective of a country, where one can tell by their letters: "italian" for "italy"."""
    if country not in COUNTRIES:
        return None
    shared = {
        word: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, country, strict=False)))
        for word in NATIONALITIES
    }
    best = max(sorted(shared), key=lambda word: shared[word])
    return best if shared[best] >= max(3, len(country) - 3) else None


def nouns_of(name: str) -> list[str]:
    """Return what a name says that it is: "court" for "Supreme Court of Norrland", "bank" for "Norr Bank plc"."""
    words = [folded(word) for word in words_of(name)]
    end = next((index for index, word in enumerate(words) if index and word in PREPOSITIONS), len(words))
    found = words[end - 1 : end]
    while end > 1 and words[end - 1] in COMPANY_ENDINGS:
        end -= 1
        found.append(words[end - 1])
    return found


def same_place(member: Member, head: str) -> int:
    """Return how well a place can be "the city" or "the country"; 0 where it cannot."""
    if head in TOWNS:
        return 0 if folded(member.name) in COUNTRIES else 1
    return 2 if folded(member.name) in COUNTRIES else 1


def same_sort(member: Member, head: str, modifiers: Sequence[str]) -> int:
    """Return how well an organisation can be "the company" or "the environment group"; 0 where it cannot.

    What it is said to be counts (3), then what it may be called (2); one of which nothing is known may be any
    sort (1) but an institution, which is named as one.
    """
    words = {folded(word) for word in words_of(f"{member.name} {member.role or ''}")}
    if not all(word in words for word in modifiers):
        return 0
    if head in words:
        return 3
    known = words & (NAMED_THINGS | COMPANY_ENDINGS | PRESS)
    if not known:
        return 0 if head in INSTITUTIONS | OVER_OTHERS else 1
    return 2 if any(head in sort and known & sort for sort in SORTS) else 0


def other_office(member: Member, head: str) -> bool:
    """Return whether a person is known to hold another office than the one of which `head` is the noun."""
    held = {ROLE_FORMS.get(folded(word), folded(word)) for word in words_of(member.role or "")} & OFFICES
    return bool(held) and ROLE_FORMS.get(head, head) in OFFICES - held


def speaks_for_others(member: Member) -> bool:
    """Return whether a person is known for advising, studying or reporting on others: no candidate or leader."""
    return any(folded(word) in STANDS_BESIDE for word in words_of(member.role or ""))
