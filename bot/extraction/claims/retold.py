"""Claims within claims: "Marsh said Pike had told her that the bridge was unsafe" holds one by Pike.

They are found by the form of what is said: it opens with somebody who has said something, who was heard or quoted
saying it, or by whom the speaker was told. What somebody would say, or never said, is none.

Each word of a content gets a letter for what it can be in a sentence, and patterns over these letters find the
inner report. Who passed it on is settled later, by `bot.extraction.actors.tellers`.
"""

import re
from dataclasses import dataclass, replace

from bot.extraction.claims.whole_contents import start_with_not
from bot.model.claims import Claim, Span

LOOKED_AT = 400
"""Characters of a content in which the inner report has to begin."""
SURE = 0.96
"""How likely an inner claim is right if the one around it is: an estimate from reading, not counted on marks."""
DEEPEST = 3
"""How many claims can stand one within another."""
SMALL_GAP = 50
"""Characters between two parts of a content that are read as one: whom somebody told."""
_TOKEN = re.compile(r"[^\W_](?:[\w’'.&/-]*[^\W_])?\.?|[^\w\s]")
_WORDS = {
    "s": "said says say",
    "t": "told informed assured",
    "w": "warned",
    "u": "reminded notified advised",
    "p": "promised promises pledged pledges vowed vows threatened threatens",
    "k": "asked urged begged implored",
    "r": "claims claimed warns admits admitted confesses confessed insists insisted announced announces "
    "explained explains replied replies wrote writes written testified testifies stated states argued "
    "argues complained complains denied denies confirmed confirms alleged alleges acknowledged acknowledges "
    "predicted predicts boasted boasts conceded concedes maintained maintains reported reports declared "
    "declares recalled recalls mentioned mentions swore sworn concluded concludes noted notes estimated estimates "
    "calculated calculates",
    "E": "began broke came chose drew drove fell flew forgot froze gave grew knew rang rose sang sank saw shook "
    "stole swam threw took tore understood went woke wore won",
    "h": "had has have",
    "b": "been was were being",
    "f": "is are am be do does did will would shall should can could cannot may might must needs isn't aren't "
    "wasn't weren't won't wouldn't didn't doesn't don't hadn't hasn't haven't can't couldn't shouldn't",
    "H": "heard overheard hears",
    "S": "saying",
    "A": "as",
    "a": "also already then once first even since just twice again previously later recently",
    "e": "this last earlier late early yesterday today tonight week month year morning afternoon evening night "
    "january february march april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday",
    "T": "that",
    "X": "if when while after before because unless although though until whether where how why what who whom "
    "whose which nobody nothing never not yet so than despite besides except neither nor none no few",
    "D": "the a an his its their our my your these those some any all both every each another mr mrs ms dr",
    "P": "he she they it",
    "Y": "i we you there here such everyone everybody anyone anybody",
    "O": "him them me us",
    "x": "her",
    "o": "to",
    "y": "by",
    "i": "of for in on at and with from about into under over during",
    "g": "hearing seeing having",
    "Z": "according",
}
"""Words by their letter: verbs of speech, auxiliaries, and the small words of a sentence."""
_LETTER = {word: letter for letter, words in _WORDS.items() for word in words.split()}
_NOUNS = r"(?:(?:[Dx]|[Dx]E)?[nm]+)"
_NAMED = rf"(?:{_NOUNS}(?:(?:i+|o(?=[Dxm])){_NOUNS}){{0,3}})"
_WHOLE = rf"(?:{_NAMED}(?:(?:C(?:{_NAMED}|d)){{1,3}}C)?)"
_SOMEBODY = rf"(?P<source>P|{_WHOLE})a*"
_WHOM = rf"(?:O|x|{_NAMED}?)"
_THAT = r"(?:C?a*(?:(?:[ieDG]|o[Dm])[einmdDG]{0,8})?C?T|[Cc]?(?=q))"
_CLAUSE = r"(?=[DPnmxi](?:[^.qQ]{0,12}[hbf]|[^.qQf]{1,6}E))"
_OWN = r"(?=Pa*[hbfEs])"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SOMEBODY}(?P<cue>h?a*[twupk]){_WHOM}{_THAT}",  # Pike had told her that …
        rf"{_SOMEBODY}(?P<cue>h?a*s)(?:{_THAT}|{_CLAUSE})",  # the minister said (on Monday that) …
        rf"{_SOMEBODY}(?P<cue>h?a*r)(?:{_THAT}|{_OWN}|(?=[gG]))",  # the minister admitted (that) …
        rf"{_SOMEBODY}(?P<cue>ha*[rwp]){_CLAUSE}",  # the minister had claimed the report was …
        rf"{_SOMEBODY}(?P<cue>h?a*[twup])"  # Pike had told her he …
        rf"(?:[Ox]|[Dx][nm]+|[nm]{{1,5}}(?=P)|[nm][nm]?(?=[Dx])){_CLAUSE}",
        rf"{_SOMEBODY}(?P<cue>h?a*[twuk]){_WHOM}X?(?=o[nhfb])",  # Pike had urged her to …
        rf"{_SOMEBODY}(?P<cue>h?a*p){_WHOM}?(?:(?=o[nhfb])|{_OWN})",  # Pike had promised (her) to …
        rf"(?:P|{_NAMED})h?a*b+(?P<cue>[twuk])y(?P<source>{_WHOLE})(?:T|(?=o))",  # he was told by Pike that …
        rf"(?:P|{_NAMED})h?a*H(?P<source>{_NAMED}|O|x)(?P<cue>s|S)(?:{_THAT}|{_CLAUSE})",  # heard Pike say that …
        rf"C?(?P<cue>Zo)(?P<source>{_WHOLE})C(?=[^X])",  # according to the governor, …
    )
)
_QUOTING = re.compile(rf"(?P<source>{_WHOLE}|O|x)(?P<cue>AS)(?:T|[Cc]?(?=[^X]))")
"""Behind the cue "quoted": the minister as saying that …"""
_QUOTES = re.compile(r"\b(?:quot|cit)(?:ed|es|e|ing)\b", re.IGNORECASE)
NO_SUBJECT = "Efhb"
"""Letters of verbs: "that" before one is a relative pronoun."""
_IS = re.compile(r"\b(?:was|were|is|are|been|be)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?quoted\b", re.IGNORECASE)
_AS_SAYING = re.compile(
    r"\W*(?P<cue>as\s+(?:saying|telling\s+\w+|calling|describing|warning|adding|writing|denying|blaming|accusing))\b[\s:,]*(?:that\s+)?(?=\S)",
    re.IGNORECASE,
)
"""In the passive: "Bell was quoted by the Times as saying that …"."""
_TAIL = re.compile(
    r"[,;]\s+(?:(?:while|and|adding|yet)\s+(?:that\s+)?(?:he|she|they|it|I|we|his|her|their)\b|"
    r"(?:but|although|though|adding)\b|(?:which|who)\b|something\b|a\s+(?:claim|charge|statement)\b)"
)
"""Where the teller goes on in words of his or her own."""
_CITING = re.compile(
    r"(?:\s+(?:on\s+)?\w*day)?\s*,?\s+(?P<cue>citing|quoting)\s+(?P<source>(?P<who>[^,.;:\n]{3,60}?)"
    r"(?:\s+(?:familiar|close|briefed|with|who|whom|at|in|on|as)\b[^,.;:\n]{0,80})?)(?=[,.;\n]|$)"
)
_ANYBODY = re.compile(
    r"\b(?:officials?|sources?|aides?|diplomats?|spokes(?:man|woman|person|people)|people|persons?|witness(?:es)?|lawyers?|"
    r"executives?|investigators?|ministers?|president|ambassador|commander|general|chief|director|police|prosecutors?|"
    r"ministry|agency|government|company|reports?|documents?|letters?|e-?mails?|memos?|filings?)(?:\s+of\b.*)?$"
)
"""Who, or what, can be cited: no reasons ("citing bad weather")."""
_TAGGED = re.compile(
    r"(?P<said>[“\"](?:[^“”\"\n]{2,600}?)[,?!—–-][”\"])\s"
    r"(?:(?P<source>he|she|they|(?:[Tt]he\s)?(?:[\w’'.-]+\s){0,3}?[\w’'.-]+)\s(?P<cue>(?:had\s)?(?:said|told|wrote|texted|shouted|yelled|"
    r"screamed|replied|asked|added|admitted|confessed|answered|posted|messaged|warned)))\b(?:\s[^.;:“”\"\n]{1,120})?$"
)
"""A quotation with its own tag, all of which somebody else reports: "“I ran,” he told police, according to"."""
_ACCORDING = re.compile(r"according\s+to$", re.IGNORECASE)
_CITED = re.compile(r"(?:^|[.!?…”\"\n]\s*)(?P<cue>According\s+to)\s+(?P<source>[^,.;:“”\"\n]{2,80}),\s+$")
_LEAD = re.compile(r"\s*,\s+(?P<lead>[^.!?;:“”\"\n]{3,120})")
_OPENING, _CLOSING = "“\"‘'«", {"“": "”", "‘": "’", "«": "»"}


@dataclass(frozen=True, slots=True)
class Inner:
    """A claim within the content of another, as spans of the text."""

    source: Span
    cue: Span
    content: tuple[Span, ...]


def inner_claim(text: str, claim: Claim) -> Inner | None:
    """Return the claim that the content of `claim` opens with; None if it holds none, or is a quotation."""
    if not claim.content or not claim.cue or not claim.source:
        return None
    if _is_passive(text, claim):
        said = _AS_SAYING.match(text, *claim.content[1])
        rest = claim.content[2:]
        return (
            Inner(claim.content[0], said.span("cue"), ((said.end(), claim.content[1][1]), *rest)) if said else None
        )
    start, end, rest = _first_run(claim)
    quoted = all(text[low] in _OPENING for low, _ in rest)
    tagged = _TAGGED.match(text[start : min(end, start + 2 * LOOKED_AT)].rstrip(" ,.")) if quoted else None
    if tagged:
        spans = [(start + low, start + high) for low, high in map(tagged.span, ("source", "cue", "said"))]
        return Inner(spans[0], spans[1], (spans[2], *rest))
    tokens = list(_TOKEN.finditer(text, start, min(end, start + LOOKED_AT)))
    letters = _counted("".join(_letter(token.group()) for token in tokens), tokens)
    first = 1 if letters.startswith("T") else 0
    cue = text[slice(*claim.cue[0])]
    patterns = (_QUOTING,) if _QUOTES.search(cue) and not _IS.search(cue) else _PATTERNS
    found = next((match for pattern in patterns if (match := pattern.match(letters, first))), None)
    if found is None or found.end() >= len(tokens):
        return None
    if letters[found.end() - 1] == "T" and letters[found.end()] in NO_SUBJECT:
        return None  # "reported activity that came from a student"
    low = start_with_not(text, tokens[found.end()].start())
    closed = low
    if text[low] in _OPENING:
        closed = text.find(_CLOSING.get(text[low], text[low]), low + 1, end) + 1
    tail = _TAIL.search(text, max(low, closed), end)
    content = ((low, tail.start()),) if tail else ((low, end), *rest)
    return Inner(_span(tokens, found.span("source")), _span(tokens, found.span("cue")), content)


def cited_claim(text: str, claim: Claim) -> Inner | None:
    """Return what the source of `claim` says on the word of others ("citing two officials"): all of it."""
    if not claim.cue or not claim.source or not claim.content:
        return None
    ends = sorted(end for end in (claim.source[0][1], claim.cue[0][1], claim.content[-1][1]))
    for end in ends:
        found = _CITING.match(text, end)
        if found and _ANYBODY.search(found["who"]):
            return Inner(found.span("source"), found.span("cue"), claim.content)
    return None


def with_inner_claims(claims: list[Claim], text: str) -> list[Claim]:
    """Return `claims` in order, with those within and around them that are not among them yet."""
    found = _with_who_is_cited([_with_lead(_by_the_quoted(claim, text), text) for claim in claims], text)
    whole = len(found)
    places = {
        at: place for place, claim in enumerate(found) for start, end in claim.cue for at in range(start, end)
    }
    todo = [(place, claim, 0) for place, claim in enumerate(found)]
    for place, claim, depth in todo:
        for inner in (cited_claim(text, claim), inner_claim(text, claim)):
            if inner is None:
                continue
            known = next((places[at] for at in range(*inner.cue) if at in places), None)
            if known is not None:
                if known != place:
                    found[known] = _without_lead(found[known], inner)
                continue
            if depth < DEEPEST:
                places |= dict.fromkeys(range(*inner.cue), len(found))
                found.append(_told(claim, inner))
                todo.append((len(found) - 1, found[-1], depth + 1))
    if len(found) == whole == len(claims):
        return found
    return sorted(found, key=lambda claim: claim.cue[0] if claim.cue else claim.content[0])


def _with_lead(claim: Claim, text: str) -> Claim:
    """Return a claim with the report that stands between its source and content, and was taken for none.

    As in "According to the Courier, Pike wrote to her that the bridge was unsafe".
    """
    if not claim.cue or not claim.source or not claim.content or not _ACCORDING.match(text, *claim.cue[0]):
        return claim
    start, end = claim.content[0]
    lead = _LEAD.fullmatch(text, claim.source[0][1], start) if start > claim.source[0][1] else None
    if lead is None:
        return claim
    whole = replace(claim, content=((lead.start("lead"), end), *claim.content[1:]))
    inner = inner_claim(text, whole)
    return whole if inner and inner.cue[1] <= start and inner.content[0][0] <= start else claim


def _with_who_is_cited(claims: list[Claim], text: str) -> list[Claim]:
    """Return `claims` and, where "According to the Courier, Pike wrote that" opens one, that of the Courier."""
    cues = {claim.cue[0][0] for claim in claims if claim.cue}
    found = list(claims)
    for claim in claims:
        if not claim.cue or not claim.source or not claim.content or claim.content[0][0] < claim.cue[0][1]:
            continue
        start = min(claim.source[0][0], claim.cue[0][0])
        cited = _CITED.search(text, max(0, start - LOOKED_AT // 2), start)
        if cited and cited.start("cue") not in cues:
            content = ((start, claim.content[0][1]), *claim.content[1:])
            outer = Inner(cited.span("source"), cited.span("cue"), content)
            low = min(claim.evidence[0], cited.start("cue"))
            found.append(replace(_told(claim, outer), evidence=(low, claim.evidence[1])))
    return found


def _is_passive(text: str, claim: Claim) -> bool:
    """Return whether whoever speaks stands before the cue "was quoted", where the content was sought."""
    passive = len(claim.content) > 1 and claim.content[0][1] <= claim.cue[0][0]
    return passive and _QUOTED.search(text, *claim.cue[0]) is not None


def _by_the_quoted(claim: Claim, text: str) -> Claim:
    """Return a claim without a source ("Bell was quoted as saying that") with whoever is quoted as its source."""
    if claim.source or not claim.cue or not _is_passive(text, claim):
        return claim
    return replace(claim, source=claim.content[:1], content=claim.content[1:])


def _without_lead(claim: Claim, inner: Inner) -> Claim:
    """Return a claim found by itself without the words before what is said, "in May that"."""
    start, (low, _) = claim.content[0][0], inner.content[0]
    if inner.cue[1] <= start < low < claim.content[0][1]:
        return replace(claim, content=((low, claim.content[0][1]), *claim.content[1:]))
    return claim


def _told(claim: Claim, inner: Inner) -> Claim:
    """Return the inner claim of `claim`."""
    confidence = round(claim.confidence * SURE, 4)
    return replace(claim, source=(inner.source,), cue=(inner.cue,), content=inner.content, confidence=confidence)


def _first_run(claim: Claim) -> tuple[int, int, tuple[Span, ...]]:
    """Return start and end of the first words of a content, small gaps in them, and the other spans."""
    (start, end), *rest = claim.content
    while rest and rest[0][0] - end <= SMALL_GAP and claim.cue[0][0] not in range(end, rest[0][0]):
        end = rest.pop(0)[1]
    return start, end, tuple(rest)


def _letter(word: str) -> str:
    """Return the letter of a word or a mark: m for a name, E and G for -ed and -ing, n for any other word."""
    low = word.lower().replace("’", "'")
    if word[0].isdigit():
        return "d"
    if not word[0].isalnum():
        return "q" if word in _OPENING else {",": "C", ":": "c"}.get(word, ".")
    letter = "e" if word in ("May", "March") else _LETTER.get(low)
    if letter is not None and (letter not in "rs" or word.islower()):
        return letter
    if word.islower() and low.endswith(("ed", "ing")):
        return "E" if low.endswith("ed") else "G"
    return "n" if word.islower() or not word.isalpha() else "m"


def _counted(letters: str, tokens: list[re.Match[str]]) -> str:
    """Return `letters` with what counts people as part of their noun: "Fewer than 60% of nurses said".

    So is a participle that stands for somebody: "the accused said".
    """
    found = list(letters)
    for place, (letter, token) in enumerate(zip(letters, tokens, strict=True)):
        low, before = token.group().lower(), letters[place - 1 : place]
        if low in ("more", "fewer", "less") and place + 1 < len(tokens) and tokens[place + 1].group() == "than":
            found[place : place + 2] = "n", "n"
        elif (
            (letter == "d" and before != "C")
            or (low == "%" and before == "d")
            or (letter == "E" and before in ("D", "x") and letters[place + 1 : place + 2] not in ("n", "m", "E"))
        ):
            found[place] = "n"
    return "".join(found)


def _span(tokens: list[re.Match[str]], words: Span) -> Span:
    """Return the characters of the words from the first up to the second place, without a comma at the end."""
    first, last = tokens[words[0]], tokens[words[1] - 1]
    return first.start(), last.start() if last.group() == "," else last.end()
