"""Normalises things that are printed in several ways: dates, units, titles, short names. Pure.

This has to happen before a text is folded, because only capital letters tell "May" from "may" and "US" from "us".
"""

import re
from collections.abc import Iterator

from bot.digests.amounts import NUMBER_WORD

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "January Jan",
            "February Feb",
            "March Mar",
            "April Apr",
            "May",
            "June Jun",
            "July Jul",
            "August Aug",
            "September Sept Sep",
            "October Oct",
            "November Nov",
            "December Dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
_DATES = (
    re.compile(rf"\b(?:the\s)?{_DAY}\s(?:of\s)?{_MONTH}(?P<year>,?\s\d{{4}}\b)?"),
    re.compile(rf"\b{_MONTH}\s{_DAY}\b(?!\s?(?:%|percent|per\s?cent|million|billion))(?P<year>,?\s\d{{4}}\b)?"),
)
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?=@)")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[apAP])\.?[mM]\b\.?")
_CLOCK_OF_24 = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:.]\d|\d)")
_ORDINALS = dict(
    zip(
        ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"],
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        strict=True,
    )
)
_ORDINAL = re.compile(r"\b(?:[1-9]|10)(?:st|nd|rd|th)\b")
_UNITS = {
    unit: short
    for short, units in (
        ("km", "km kms kilometre kilometres kilometer kilometers"),
        ("mi", "mi mile miles"),
        ("kg", "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
        ("tonne", "t tonne tonnes"),
        ("metre", "metre metres meter meters"),
        ("cm", "cm centimetre centimetres centimeter centimeters"),
        ("mm", "mm millimetre millimetres millimeter millimeters"),
        ("foot", "ft foot feet"),
        ("litre", "l litre litres liter liters"),
        ("hectare", "ha hectare hectares"),
        ("hour", "h hr hrs hour hours"),
        ("minute", "min mins minute minutes"),
        ("kmh", "kph kmh km/h"),
        ("mph", "mph"),
        ("mw", "MW megawatt megawatts"),
        ("gw", "GW gigawatt gigawatts"),
    )
    for unit in units.split()
}
_AN_HOUR = re.compile(r"(?<=\d\s)(kilomet(?:re|er)s?|km|miles?) (?:per|an) hour\b")
_UNIT = re.compile(
    rf"(?<=\d)(?:\s|-)?({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})\b(?![-/'’])"
)
_LONG_UNIT = "|".join(sorted((unit for unit in _UNITS if len(unit) > 2), key=len, reverse=True))
_COUNTED_UNIT = re.compile(
    rf"\b((?:{NUMBER_WORD})(?:[\s-](?:{NUMBER_WORD}))?)[\s-]({_LONG_UNIT})\b(?![-/'’])", re.IGNORECASE
)
_METRES = re.compile(r"(?<=\d)\s?m(?=\s(?:high|long|wide|tall|deep|away|above|below)\b)")
"""Metres, which otherwise look like millions."""
_CELSIUS = re.compile(r"(?<=\d)\s?(?:°\s?C?|degrees(?:\s(?:Celsius|centigrade))?|C)(?!\w)")
_PERSON = r"(?:man|woman|boy|girl|male|female|person|child)"
_YEAR_OLD = re.compile(rf"\b(\d{{1,3}})[\s-]years?[\s-]old\s({_PERSON})\b")
_AGED = re.compile(rf"\b({_PERSON}),?\s(?:of|aged)\s(\d{{1,3}})\b(?!\s?(?:%|per))")
_TITLE_WORD = (
    r"(?:President|Chancellor|Minister|Premier|Senator|Sen\.|Rep\.|Governor|Gov\.|Mayor|Judge|Justice|General|Gen\.|"
    r"Colonel|Col\.|Captain|Capt\.|Sergeant|Dr\.?|Professor|Prof\.?|Sir|Lord|Lady|Pope|Bishop|Archbishop|Cardinal|"
    r"Ambassador|Secretary|Chief|Commissioner|King|Queen|Prince|Princess|Sheikh)"
)
_TITLE = re.compile(
    rf"\b(?:the\s)?((?:[A-Z][a-z]+\s){{0,2}}?{_TITLE_WORD})\s(?=(?:[A-Z][\w'’-]+\s)?[A-Z][\w'’-]*[a-z])"
)
_KNOWN_SHORT = (
    (
        re.compile(
            r"\b(?:the )?United States(?: of America)?\b|\bU\.S\.A?\.?|\bUSA?\b(?!\$)|\bAmerican\b(?=\s[a-z])"
        ),
        " usamerica ",
    ),
    (
        re.compile(r"\b(?:the )?United Kingdom\b|\bU\.K\.?|\bUK\b|\bBritain\b|\bBritish\b(?=\s[a-z])"),
        " unitedkingdom ",
    ),
    (re.compile(r"\b(?:the )?United Nations\b|\bU\.N\.?(?!\w)|\bUN\b"), " unitednations "),
    (re.compile(r"\b(?:the )?European Union\b|\bE\.U\.?(?!\w)|\bEU\b"), " europeanunion "),
)
_FULL = re.compile(r"\b[A-Z][\w'’]+(?:[ -](?:(?:of|for|the|and|on|de)\s){0,2}[A-Z][\w'’]+){1,6}")
_CAPITALS = re.compile(r"\b(?=[A-Z&]*[A-Z])[A-Z][A-Za-z&]{0,5}[A-Z]\b")
_SMALL = frozenset({"of", "for", "the", "and", "on", "de"})


def printed_alike(text: str) -> str:
    """Return `text` with dates, units and the most common short names of states in one form."""
    for pattern in _DATES:
        text = pattern.sub(_date, text)
    text = _WEEKDAY.sub(r"\1day ", text)
    text = _CLOCK_OF_24.sub(_clock, _CLOCK.sub(_clock, text))
    text = _ORDINAL.sub(lambda match: _ORDINALS.get(match.group(), match.group()), text)
    text = _AN_HOUR.sub(lambda match: "kmh" if match[1][0] in "kK" else "mph", text)
    text = _CELSIUS.sub(" celsius", _METRES.sub(" metre", text))
    text = _UNIT.sub(lambda match: f" {_UNITS[match[1]]}", text)
    text = _COUNTED_UNIT.sub(lambda match: f"{match[1]} {_UNITS.get(match[2], match[2])}", text)
    text = _AGED.sub(r"\1 \2", _YEAR_OLD.sub(r"\2 \1", text))
    for pattern, name in _KNOWN_SHORT:
        text = pattern.sub(name, text)
    return text


def without_titles(text: str) -> tuple[str, frozenset[str]]:
    """Return `text` without titles before names, and those titles, folded."""
    titles = frozenset(match[1].lower() for match in _TITLE.finditer(text))
    return _TITLE.sub("", text) if titles else text, titles


def short_names_in(text: str) -> frozenset[str]:
    """Return the names in capitals in `text`, such as WHO; none if the whole text is in capitals."""
    return frozenset(_CAPITALS.findall(text)) if any(letter.islower() for letter in text) else frozenset()


def first_letters_in(text: str) -> frozenset[str]:
    """Return the initials of the full names in `text`, and of their parts: WHO, HO, WH."""
    return frozenset(
        letters for match in _FULL.finditer(text) for _, _, letters in _parts(_words_of(match.group()))
    )


def shortened(text: str, names: frozenset[str]) -> str:
    """Return `text` with each full name whose initials are in `names` replaced by them."""

    def short(match: re.Match[str]) -> str:
        words = _words_of(match.group())
        for start, end, letters in _parts(words):
            if letters in names:
                return " ".join([*words[:start], letters, *words[end:]])
        return match.group()

    return _FULL.sub(short, text)


def _words_of(name: str) -> list[str]:
    return re.split(r"[ -]", name)


def _parts(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a name that have at least two words, the longest first, with their initials."""
    for start in range(len(words) - 1):
        for end in range(len(words), start + 1, -1):
            part = words[start:end]
            if part[0] not in _SMALL and part[-1] not in _SMALL:
                yield start, end, "".join(word[0] for word in part if word not in _SMALL)
                if not _SMALL.isdisjoint(part):
                    yield start, end, "".join(word[0] for word in part).upper()


def _clock(match: re.Match[str]) -> str:
    """Return a time of day as "#t1415", whichever clock it was told by."""
    half = match.groupdict().get("half")
    hour = int(match["hour"]) if half is None else int(match["hour"]) % 12 + 12 * (half in "pP")
    return f"#t{hour:02}{match['minute'] or '00'}"


def _date(match: re.Match[str]) -> str:
    year = (match["year"] or "").strip(", ")
    return f"@{_MONTHS[match['month']]:02}{int(match['day']):02}" + (f"y{year}" if year else "")
