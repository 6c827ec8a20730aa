"""Normalises amounts in texts so that equal ones look equal: "£1.9bn" and "£1,900 million". Pure."""

import re
from decimal import Decimal, InvalidOperation


def _words(text: str) -> list[str]:
    return text.split()


AMOUNT = r"#[\w.%$£€+-]+"
"""The form of a normalised amount: a sign, its unit and its value."""
_ONES = {
    word: value
    for value, word in enumerate(
        _words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(_words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_SCALES = {
    "hundred": 10**2,
    **dict.fromkeys(("thousand", "k"), 10**3),
    "lakh": 10**5,
    **dict.fromkeys(("million", "mn", "m"), 10**6),
    "crore": 10**7,
    **dict.fromkeys(("billion", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "tn"), 10**12),
    "dozen": 12,
}
_SCALE = r"(?:hundreds?|thousands?|k|lakhs?|millions?|mn|m|crores?|billions?|bn|b|trillions?|tn|dozens?)"
_CURRENCY = {"$": "$", "us$": "$", "usd": "$", "dollar": "$", "dollars": "$", "£": "£", "gbp": "£", "pounds": "£",
             "€": "€", "eur": "€", "euro": "€", "euros": "€", "₹": "₹", "rs": "₹", "rupees": "₹"}  # fmt: skip
_FIGURES = re.compile(
    rf"(?P<before>us\$|[$£€₹]|\brs\.?\s?)?(?P<figure>\d+(?:,\d{{2,3}})*(?:\.\d+)?)"
    rf"(?:\s?-?(?P<scale>{_SCALE})\b)?"
    r"(?:\s?(?P<percent>%|per\s?cent\b|percent\b|percentage points?\b)"
    r"|\s(?P<after>dollars|pounds|euros?|rupees)\b)?"
)
NUMBER_WORD = "|".join([*_ONES, *_TENS])
_WORDS = re.compile(
    rf"\b(?:(?:{NUMBER_WORD})(?:[\s-](?:{NUMBER_WORD}))?|a(?=\s(?:hundred|thousand|million|billion|dozen)\b))"
    rf"(?:\s{_SCALE}\b)*(?:\s(?P<unit>percent|per\s?cent|dollars|pounds|euros?|rupees)\b)?(?!\w)"
)
_SHARES = {"half": 50, "a quarter": 25, "one quarter": 25, "three quarters": 75}
_SHARE = re.compile(rf"\b({'|'.join(_SHARES)})\s(?:of\s)?(?=(?:the|all|its|their|his|her|our|those|these)\s)")
"""A share in words: "half the fleet" is 50 percent of it."""


def amounts_read(text: str) -> str:
    """Return folded `text` with each amount as a sign for its value and unit, such as "#£1900000000" or "#3.4%".

    The word "one" alone stays, because it is rarely a number.
    """
    text = _SHARE.sub(lambda match: f" #{_SHARES[match[1]]}% of ", text)
    return _FIGURES.sub(_of_figures, _WORDS.sub(_of_words, text))


def _of_figures(match: re.Match[str]) -> str:
    before = match.string[: match.start()][-1:]
    if before.isalpha() or before in ("#", "@"):  # a name, as in "B737", or an amount normalised already
        return match.group()
    try:
        value = Decimal(match["figure"].replace(",", ""))
    except InvalidOperation:
        return match.group()
    if match["scale"]:
        value *= _SCALES[match["scale"].rstrip("s") if len(match["scale"]) > 2 else match["scale"]]
    currency = _CURRENCY.get((match["before"] or match["after"] or "").strip(" ."), "")
    return _sign(value, _percent(match["percent"]) or currency)


def _percent(words: str | None) -> str:
    """Return the sign of a share in percent, or of a difference in percentage points; empty for None."""
    return "" if words is None else "%p" if "point" in words else "%"


def _of_words(match: re.Match[str]) -> str:
    total, current = 0, 0
    words = re.split(r"[\s-]", match.group())
    if words in (["one"], ["a"]):
        return match.group()
    for word in words:
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, _TENS.get(word, 0))
        elif word == "a":
            current = 1
        elif (scale := _SCALES.get(word.rstrip("s") if len(word) > 2 else word)) is not None:
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
    unit = match["unit"] or ""
    return _sign(Decimal(total + current), "%" if "cent" in unit else _CURRENCY.get(unit, ""))


def _sign(value: Decimal, unit: str) -> str:
    plain = f"{value.normalize():f}"
    return f" #{plain}{unit} " if unit.startswith("%") else f" #{unit}{plain} "
