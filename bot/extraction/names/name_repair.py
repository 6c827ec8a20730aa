"""The names that the name finder saw in an article, repaired: put together, and labelled by the words around them.

The name finder knows few names from outside the news that it learnt from: it breaks them at hyphens and accents,
and takes most for persons. What stands around a name tells more: "the charity Night Wing", "in Linz", "Chen, 41,".
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.extraction.names.entity import LOC, ORG, PERSON, Entity, name_of
from bot.extraction.names.names_elsewhere import LONGEST_NAME, as_elsewhere, passed_over
from bot.extraction.names.nicknames import with_nicknames
from bot.extraction.noun_phrases.spelling import folded, without_possessive, words_of
from bot.extraction.wordlists.countries import CAPITALS, COUNTRIES, STATES
from bot.extraction.wordlists.first_names import gender_of, gender_of_full_name
from bot.extraction.wordlists.institutions_by_place import OTHER_NAMES
from bot.extraction.wordlists.lexicon import (
    CALENDAR,
    COMPANY_ENDINGS,
    NAMED_THINGS,
    ORGANISATIONS,
    ROLES,
    SMALL_WORDS,
    TITLES,
)
from bot.extraction.wordlists.person_nouns import ONLY_PEOPLE

REGNAL = re.compile(r"\s(?:I{2,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI{0,3})\b(?!['’])")
GENERATION = re.compile(r",?\s(?:Jr|Sr)\b\.?")
ROLE_LETTERS = frozenset(("CEO", "CFO", "COO", "MD", "MP", "PM", "CM", "VP", "Mr", "Mrs", "Ms", "Dr"))
MONEY = re.compile(r"(?:[A-Z]{0,2}Rs|N?[A-Z]?Kr)[\d.,]*\w{0,2}|[A-Z]")
"""What is written before a sum of money, and letters that stand alone."""
NATIONALITY = re.compile(r"(?:ian|ean|can|ish|ese|eli|aqi|ani)$")
PEER = re.compile(
    r"(?<![\w’'-])(?:Lord|Lady|Baroness|Baron|Viscount(?:ess)?)\s(?:Mac|Mc|Fitz)?[A-ZÀ-Þ][\w’'-]*\sof\s[A-ZÀ-Þ][\w’'-]*"
    r"(?:[-\s](?:upon|under|on|le|St)[-\s][A-ZÀ-Þ]\w+)?"
)
"""A title of the peerage with its place, which tells one peer from all others of the surname."""
MAKER = re.compile(
    r"\b(?!(?:film|documentary|music|video|cheese|wine|dress|furniture|instrument)\s)[a-z]+ maker(?=\W|$)"
)
"""Before a company: "battery maker Halden Cells", while a "film maker" is a person."""
PARTNER = re.compile(r"(?<![\w’'-])(?P<name>(?:[A-ZÀ-Þ][\w’'-]*,\s){0,2}[A-ZÀ-Þ][\w’'-]*\s)&\s$")
"""The first partners of a firm, before the name of the last: "Penrose & "."""
SEVERAL = re.compile(r"(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve)\s[A-ZÀ-Þ][\w’'-]*s")
SEAT = re.compile(r"[RDI]-[A-Z][\w.]*")
"""The party and state of a lawmaker: "D-Nev."."""
BEFORE = re.compile(r"([^\W\d_][\w’'-]*)(,?)\s$")
SAYS_IT = re.compile(r"\s[A-ZÀ-Þ][\w’'-]*(?:,\s[^\n.“\"]{2,60})?\s*[:,]\s*[“\"‘]")
"""Behind the verb that opens a sentence: who says it, and the quotation."""
GIVEN = re.compile(r"(?:([\w’'-]+|[^\w\s])\s+)?([A-ZÀ-Þ][\w’-]*[^\W\d_])\s$")
NAMED_ON = re.compile(r"\s([A-ZÀ-Þ][\w’'-]+)(?=,\s(?:an?|the|which|who)\s)")
INITIALS = re.compile(r"(?<![\w.])(?:(?P<given>[A-ZÀ-Þ][^\W\d_]+)\s)?(?:[A-Z]\.\s?){1,3}$")
SUFFIXED = re.compile(r"[^\W\d_]\S*\s(?:Jr|Sr|II|III)\.?$")
"""A surname with what sets a son apart from his father, without a given name."""
INTRODUCED = re.compile(r"\b((?:[a-z][\w’'-]*\s){0,2})([a-z][\w-]+),?\s((?:[A-ZÀ-Þ][\w’'-]*\s?){1,4})")
AFTER_PERSON = re.compile(r",\s(?:who\b|\d\d\b|aged\b)")
SPEAKS = re.compile(
    r"\s(?:says|said|tells|told|asks|asked|laughs|laughed|smiles|smiled|adds|added|recalls|recalled)\b"
)
HAS_HER_OWN = re.compile(r"\s[a-z]+(?:\s(?:with|by|for|to|in|on|up|out|down|behind))?\s(?:his|her)\s[a-z]")
"""Behind the name of somebody who is a person: "Kalpana Surve sheltered with her three children"."""
BELONGS = frozenset(("of", "from", "in", "at", "near", "for"))
"""Before a name, these say that what follows it may be said of somebody else."""
STATE_NAMES = frozenset(STATES.values()) - {"georgia", "virginia", "washington", "montana", "dakota"}
BEFORE_SPEAKER = frozenset(("says", "said", "adds", "added", "asks", "asked"))
AFTER_THING = re.compile(r",\swhich\b")
IS_IT = re.compile(
    r"\s(?:also\s)?(?:said|says|added|announced)\s[^\nA-ZÀ-Þ“”\"]{5,200}\.\s(?:(?:[“\"][^“”\"\n]{2,200}[”\"]\s)it|It)\s(?:also\s)?"
    r"(?:said|says|added|adds|told)\b"
)
"""Behind the name of something that speaks twice: "Norra said the fault was found. It said"."""
SEAT_OF = re.compile(r"\b(?:mayor|governor|bishop|archbishop|prefect|sheriff) of $", re.IGNORECASE)
"""Before a place: "the mayor of Dunmere"."""
APPOSITION = re.compile(r",\s(?:an?|the)\s((?:[^\W\d_][\w’'-]*\s?){1,6})")
DATELINE = re.compile(r"(?:,\s[A-Z][\w. ]{2,20})?\s?(?:\([^)\n]{2,20}\)\s?)?[—–:-]")
AGENCY = re.compile(r"(?:^|\n)[A-ZÀ-Þ][A-ZÀ-Þ.’' -]+(?:,\s[A-Z][\w. ]{2,20})?\s?\($")
BEHIND_AGENCY = re.compile(r"\)\s?[—–-]")
"""Around the agency of a dateline: "LUGANO (Wire) -"."""
LABEL = re.compile(r"^[A-Z][A-Z .'’-]+(?:\s\([^)\n]*\))?:", re.MULTILINE)
LABELS = 5_000
"""Characters of the text that are looked at for labels of speakers, which are no datelines."""
PLACE_ENDINGS = frozenset(
    [
        "bay",
        "beach",
        "bridge",
        "coast",
        "county",
        "hill",
        "hills",
        "island",
        "islands",
        "lake",
        "park",
        "province",
        "river",
        "road",
        "square",
        "street",
        "valley",
    ]
)
SAID_BEHIND = re.compile(r" Said(?=[,.;’']|\s(?!to\b)[a-z])")
"""The surname Said, which looks like a verb: "Amina Said said"."""
SAINTS = re.compile(r"['’]s?\s([A-Z]\w+)\b")
"""Behind the name of a saint: what is called by it, "St Columba’s Trust"."""
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}|[A-Z]{2,10}")
RUN_BY = re.compile(
    r"\s(?:CEO|CFO|COO|chief executive|chief financial officer|shares|shareholders)\b", re.IGNORECASE
)
FAINT = re.compile(r"\b(?:from|at) $")
"""Words before a place that stand before people, too: "apart from Moss", "fired back at Moss"."""
EVIDENCE, SEEN = 3, 2
"""What the words around a name weigh each time, and what the name finder can weigh at most."""


def repaired(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return the names of `text` whole, each with the label that all its places together give it."""
    nicknamed = with_nicknames(text, sorted(entities, key=lambda entity: entity.start))
    whole = _joined(text, [_whole(text, entity) for entity in nicknamed])
    small = set(re.findall(r"\b[a-z]{3,}\b", text))
    whole = [
        entity
        for entity in as_elsewhere(text, _with_given_names(text, whole))
        if not _is_dateline(text, entity) and not _is_word(text, entity, small) and not _are_several(text, entity)
    ]
    return passed_over(text, _labelled(text, whole))


def _is_dateline(text: str, entity: Entity) -> bool:
    """Return whether a name only says where the report was written: "LUGANO (Wire) -"."""
    opens = entity.start == 0 or text[entity.start - 1] == "\n"
    words = text[entity.start : entity.end]
    if AGENCY.search(text[max(0, entity.start - 60) : entity.start]) and BEHIND_AGENCY.match(text, entity.end):
        return True
    after = DATELINE.match(text[entity.end : entity.end + 60]) if opens and words.isupper() else None
    return after is not None and not (after.group().endswith(":") and len(LABEL.findall(text[:LABELS])) > 1)


def _are_several(text: str, entity: Entity) -> bool:
    """Return whether what was taken for a person is a number of them, as titles have it: "The Two Ronnies"."""
    return entity.label == PERSON and SEVERAL.fullmatch(text[entity.start : entity.end]) is not None


def _is_word(text: str, entity: Entity, small: Collection[str]) -> bool:
    """Return whether what was taken for a name is a word that opens a sentence, elsewhere in `small` letters."""
    word = text[entity.start : entity.end]
    opens = entity.start == 0 or text[entity.start - 1] == "\n" or text[entity.start - 2] in ".!?"
    return (
        word in ROLE_LETTERS
        or SEAT.fullmatch(word) is not None
        or MONEY.fullmatch(word) is not None
        or (opens and word.istitle() and word.casefold() in small)
    )


def _whole(text: str, entity: Entity) -> Entity:
    """Return a name with the rest of its first and last word, where a hyphen broke it, and its number."""
    start, end = entity.start, entity.end
    left = re.search(r"(?<!\w)[A-ZÀ-Þ][\w’']*-$", text[max(0, start - 30) : start])
    if left and text[start : start + 1].isalpha():
        start -= len(left.group())
    right = re.match(r"-[A-ZÀ-Þ][\w’']*" if text[end - 1] != "-" else r"[A-ZÀ-Þ][\w’']*", text[end : end + 30])
    if right:
        end += len(without_possessive(right.group()))
    if entity.label == PERSON:
        said = SAID_BEHIND.match(text, end)
        end += len(" Said") if said else 0
        number = REGNAL.match(text[end : end + 8]) or GENERATION.match(text[end : end + 8])
        end += len(number.group()) if number else 0
    named = NAMED_ON.match(text[end : end + 40]) if entity.label == PERSON and " " not in text[start:end] else None
    if named and folded(named.group(1)) not in CALENDAR:
        end += named.end(1)
    partner = PARTNER.search(text, max(0, start - 40), start)
    if partner:
        return Entity(partner.start("name"), end, ORG)
    saint = SAINTS.match(text[end : end + 24]) if text.startswith(("St ", "St. ", "Saint "), start) else None
    if saint and folded(saint.group(1)) in ORGANISATIONS:
        return Entity(start, end + saint.end(1), ORG)
    peer = PEER.search(text, max(0, start - 12), end + 40) if entity.label == PERSON else None
    if peer and peer.start() <= start and peer.end() > end:
        return Entity(peer.start(), peer.end(), PERSON)
    ending = re.match(r"\s([A-Z]\w+)\b\.?", text[end : end + 20])
    if ending and (folded(ending.group(1)) in COMPANY_ENDINGS or _goes_on(entity, ending.group(1))):
        return Entity(start, end + len(ending.group().rstrip(".")), ORG)
    return Entity(start, end, entity.label)


def _goes_on(entity: Entity, word: str) -> bool:
    """Return whether a name goes on with `word`, a noun for organisations: "Environment Agency"."""
    return entity.label != LOC and folded(word) in ORGANISATIONS - ROLES and not word.isupper()


def _joined(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Put persons' names together that stand side by side, where one of the two never stands alone."""
    close = [
        first.label == PERSON and second.label == PERSON and text[first.end : second.start] in (" ", "")
        for first, second in pairwise(entities)
    ]
    alone: Counter[str] = Counter()
    for index, entity in enumerate(entities):
        if not (index and close[index - 1]) and not (index < len(close) and close[index]):
            alone[text[entity.start : entity.end]] += 1
    joined: list[Entity] = []
    for index, entity in enumerate(entities):
        if joined and entity.start < joined[-1].end:
            if entity.start <= joined[-1].start:
                joined[-1] = entity  # "Solent & Western", of which "Solent" was seen
            elif entity.end > joined[-1].end:
                joined[-1] = replace(joined[-1], end=entity.end)
            continue
        if index and close[index - 1] and joined:
            first, second = joined[-1], text[entity.start : entity.end]
            words = f"{text[first.start : first.end]} {second}".split()
            once = min(alone[text[first.start : first.end]], alone[second]) == 0
            if len(words) <= LONGEST_NAME and once:
                joined[-1] = replace(first, end=entity.end)
                continue
        joined.append(entity)
    return joined


def _with_given_names(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Give single surnames of persons the given name before them that the name finder left out."""
    found: list[Entity] = []
    for entity in entities:
        start = entity.start
        words = text[start : entity.end].split()
        initials = INITIALS.search(text[max(0, start - 40) : start]) if entity.label == PERSON else None
        if initials and (len(words) == 1 or SUFFIXED.match(text[start : entity.end])):
            given = initials["given"]
            known = given and folded(given) not in ROLES | SMALL_WORDS | ORGANISATIONS | TITLES
            start -= len(initials.group()) if known or not given else initials.end() - initials.end("given") - 1
            while found and found[-1].end > start:
                found.pop()
        elif entity.label == PERSON and len(words) <= 2:
            floor = found[-1].end if found else 0
            before = GIVEN.search(text[max(floor, start - 60) : start])
            if (
                before
                and (len(words) == 1 or before.group(1) == ",")
                and _given(before.group(2), before.group(1), text, start - len(before.group(2)) - 1)
            ):
                start -= len(before.group(2)) + 1
        found.append(replace(entity, start=start))
    return found


def _given(word: str, previous: str | None, text: str, start: int) -> bool:
    """Return whether `word` before a surname is a given name, by it and by the word or mark before it."""
    low = folded(word)
    if "’" in word or low in ROLES | ORGANISATIONS | SMALL_WORDS | CALENDAR | COUNTRIES or word.isupper():
        return False
    if word == "Said" and SAYS_IT.match(text, start + len(word)):
        return False  # "Said Holm: “We wait.”"
    if gender_of(word) is not None:
        return True
    if NATIONALITY.search(low) or start == 0 or text[start - 1] == "\n":
        return False
    return previous is not None and (previous == "," or previous.islower() or folded(previous) in TITLES)


def introduced(text: str) -> dict[str, str]:
    """Return what the nouns before names say that these are: "Night Wing" is a "local charity"."""
    found: dict[str, str] = {}
    for match in INTRODUCED.finditer(text):
        if match.group(2) in NAMED_THINGS:
            words = name_of(match.group(3)).split()
            before = [word for word in match.group(1).split() if word not in SMALL_WORDS]
            for size in range(1, len(words) + 1):
                found.setdefault(folded(" ".join(words[:size])), " ".join([*before, match.group(2)]))
    return found


def _labelled(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Give each name the label that has most votes: the name finder's, and those of the words around it."""
    things = introduced(text)
    names = [name_of(text[entity.start : entity.end]) for entity in entities]
    surnames = {
        folded(name.split()[-1])
        for name, entity in zip(names, entities, strict=True)
        if entity.label == PERSON and len(name.split()) > 1
    }
    votes: dict[str, Counter[str]] = {}
    proof: dict[str, Counter[str]] = {}
    for name, entity in zip(map(folded, names), entities, strict=True):
        votes.setdefault(name, Counter())[entity.label] += 1
        label = _evidence(text, entity, things, surnames)
        if label is not None:
            faint = label == LOC and FAINT.search(text[max(0, entity.start - 6) : entity.start])
            proof.setdefault(name, Counter())[label] += 1 if faint else EVIDENCE
    settled = {name: _settled(name, counted, proof.get(name, {})) for name, counted in votes.items()}
    return [replace(entity, label=settled[folded(name)]) for name, entity in zip(names, entities, strict=True)]


def _settled(name: str, seen: Counter[str], proof: Mapping[str, int]) -> str:
    if name in COUNTRIES or name in CAPITALS:
        return LOC
    if name in OTHER_NAMES:
        return ORG
    weights = Counter({label: min(count, SEEN) for label, count in seen.items()})
    weights.update(proof)
    # A name seen once is what the words before it say: then even a faint proof outweighs the name finder.
    return max(weights, key=lambda label: (weights[label], seen[label] if seen.total() > 1 else -seen[label]))


def _evidence(text: str, entity: Entity, things: Mapping[str, str], surnames: Collection[str]) -> str | None:
    """Return the label that a name or the words around it prove; None where they prove nothing."""
    name = name_of(text[entity.start : entity.end])
    words = [folded(word) for word in words_of(name)]
    if not words:
        return None
    after = text[entity.end : entity.end + 90]
    before = BEFORE.search(text[max(0, entity.start - 30) : entity.start])
    last = folded(before.group(1)) if before else ""
    apposition = APPOSITION.match(after)
    head = _head(apposition.group(1)) if apposition else ""
    several = len(words) > 1
    first_name = several and (gender_of(words[0]) or (entity.label == PERSON and gender_of_full_name(name)))
    belongs = last in BELONGS  # "Sen. Moss of Norr, the ranking Democrat", "Lind from Ostby, who"
    speaks = SPEAKS.match(after) is not None or last in BEFORE_SPEAKER
    nouns = ROLES | ONLY_PEOPLE if several else ROLES
    for label, proven in (
        (LOC, entity.label == PERSON and SEAT_OF.search(text, max(0, entity.start - 30), entity.start)),
        (PERSON, several and speaks and words[-1] in PLACE_ENDINGS),
        (PERSON, several and entity.label == LOC and HAS_HER_OWN.match(after) and _is_no_place(words)),
        (PERSON, several and last in ROLES and words[-1] in ORGANISATIONS),  # "governor Jan Brewer"
        (ORG, several and words[-1] in ORGANISATIONS | COMPANY_ENDINGS),
        (ORG, "maker" in (last, head) and not first_name and _is_maker(text, entity, apposition)),
        (LOC, several and words[-1] in PLACE_ENDINGS and last not in TITLES and entity.label != ORG),
        (LOC, folded(name) in STATE_NAMES and (last not in ROLES or _next_word(after) in ROLES)),
        (
            PERSON,
            (AFTER_PERSON.match(after) and not belongs and folded(name) not in things)
            or last in nouns
            or first_name,
        ),
        (ORG, not several and words[0] not in surnames and IS_IT.match(text, entity.end)),
        (ORG, AFTER_THING.match(after) or RUN_BY.match(after) or folded(name) in things),
        (ORG, words[0] in things and words[0] not in surnames),
        (PERSON, head in nouns and not belongs),
        (ORG, head in NAMED_THINGS),
    ):
        if proven:
            return label
    if entity.label != PERSON or (not several and words[0] in surnames):
        return None
    return _thing_by_place(name, last if before and not before.group(2) else "", after)


def _is_maker(text: str, entity: Entity, apposition: re.Match[str] | None) -> bool:
    """Return whether a "maker" beside a name is a company: "battery maker Halden Cells", no "film maker"."""
    behind = apposition is not None and MAKER.search(apposition[1]) is not None
    return behind or MAKER.search(text[max(0, entity.start - 40) : entity.start].rstrip()) is not None


def _next_word(after: str) -> str:
    found = re.match(r"\s([\w’'-]+)", after)
    return folded(found[1]) if found else ""


def _is_no_place(words: Sequence[str]) -> bool:
    """Return whether no word of a name says that it is a place or body."""
    return not PLACE_ENDINGS.union(ORGANISATIONS, COUNTRIES, CAPITALS, STATE_NAMES) & set(words)


def _thing_by_place(name: str, before: str, after: str) -> str | None:
    """Return the label of what the name finder took for a person, by its form and the word before it."""
    if ACRONYM.fullmatch(name) and not re.search(r"\b[A-Z]{4,}\W+[A-Z]{4,}\b", after):
        return ORG
    return LOC if before in ("in", "at", "near", "across", "from") and after[:1] not in "'’" else None


def _head(words: str) -> str:
    """Return the noun of "company that owns the line" or "London bank"."""
    head = ""
    for word in words.split():
        low = folded(word)
        if head and (low in SMALL_WORDS or low in ("once", "now", "best", "also") or low.endswith("ed")):
            break
        head = low
    return head
