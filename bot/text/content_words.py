"""Words as grouping and merging compare them: folded, without stop words, split where scraping glued them."""

import re

from bot.text.folding import fold

_STOP_WORDS = """
    a about above according across added adding after again against ago ahead all almost along
    already also although always am among an and announced another any anyone are around as asked at
    away back be became because become been before began behind being below between both but by
    called came can cannot claimed come coming could day days described despite did do does doing
    done down due during each earlier early eight either else end enough even ever every expected
    far few first five following for found four friday from full further gave get give given go goes
    going gone good got great had half has have having he held her here hers herself high him
    himself his how however i if in including instead into is it its itself just keep kept know
    known largely last late later latest least left less like likely little long made mainly make
    makes making many may me meanwhile might monday month months more most mr mrs ms much must my
    near nearly never new news next nine no nor not nothing now number of off often on once one only
    onto or other others our out over own part people per perhaps place put quite rather read really
    recent recently reported reporter reporters reports right said same saturday saw say saying says
    second see seen set seven several shall she should show since six so some something soon
    spokesman spokesperson spokeswoman statement still such sunday take taken taking ten than that
    the their them themselves then there these they thing things think this those though three
    through thursday time times to today together told tomorrow too took top toward towards tuesday
    two under until up upon us use used using very via want wanted was way we wednesday week weeks
    well went were what when where whether which while who whole whom whose why will with within
    without would year years yesterday yet you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about the subject of a text, including the common words of news prose."""

_SEAM = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)
_SHORT_ENDING = re.compile(r"['’]s?\b")
_CAMEL = frozenset(
    {"Mc", "Mac", "You", "Tik", "Whats", "Linked", "Pay", "Git", "Black", "Deep", "Face", "Air", "al"}
)


def opened_seams(text: str) -> str:
    """Return `text` with a space where scraping glued two words ("ThursdayThe"). Names like YouTube stay whole."""

    def kept(match: re.Match[str]) -> str:
        start = match.start()
        while start and text[start - 1].isalpha():
            start -= 1
        return "" if text[start : match.start()] in _CAMEL else " "

    return _SEAM.sub(kept, text)


def folded(text: str) -> str:
    """Return the words of `text` without case, accents and punctuation, for comparing names."""
    return " ".join(_WORD.findall(fold(_SHORT_ENDING.sub("", text))))


def content_words(text: str) -> list[str]:
    """Return the folded words of `text` that carry meaning, in order: no stop words, plurals as singulars."""
    return [
        _singular(word)
        for word in folded(opened_seams(text)).split()
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())
    ]


def _singular(word: str) -> str:
    """Return `word` without a plural s. Approximate: results are only compared with each other."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
