"""The language of a text: by its script, and in Latin script by its small words. Pure.

Hearsay finds claims in English only, so the point is to tell English from all other languages. Which other
language it is matters less. Pages often declare the language of their template, so a clear text overrules them.
"""

import re
from collections import Counter
from collections.abc import Mapping

from bot.languages.spoken import spoken_language

ENGLISH = "en"
WORDS_LOOKED_AT = 600
WORDS_NEEDED = 20
"""A text with fewer words is too short to judge."""
CLEAR = 0.12
"""The minimum share of small words in running text of a language."""
AHEAD = 1.5
"""By how many times a language's share must exceed its rival's to overrule the page's declaration."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL_WORDS = {
    "en": (
        "the of and to in a is that for it was on with as he said by at from his be are has have an this "
        "which will not but they had were who been their she or its after would we you i can more one about "
        "than her him up out"
    ),
    "de": (
        "der die das und ist in den von zu mit sich auf für nicht ein eine dem im des als auch es an werden "
        "aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur "
        "oder aber vor zur"
    ),
    "fr": (
        "le la les de des et en un une du est que qui dans pour pas au sur par plus ce il ne se sont avec "
        "cette aux ont été son sa ses ou mais comme elle nous vous leur était être lui après entre deux même "
        "l'on c'est d'un d'une"
    ),
    "es": (
        "el la los las de del y en que un una es por con para se no su al lo como más pero sus le ha este "
        "esta o son fue entre cuando muy sin sobre también me hasta hay donde desde han está según años "
        "porque"
    ),
    "pt": (
        "o a os as de do da dos das e em que um uma é por com para se não no na nos nas ao mais como mas foi "
        "são sua seu ou ser quando muito há está também pelo pela até isso ela ele entre depois sem mesmo aos "
        "já"
    ),
    "it": (
        "il lo la i gli le di del della dei delle e in che un una è per con non si al alla da dal nel nella "
        "sono più come ma anche ha su questo questa o se ci dopo stato tra cui hanno degli ai alle sul sulla"
    ),
    "nl": (
        "de het een van en in is dat op te zijn met voor niet aan er om ook als door naar bij nog uit wordt "
        "maar dan over heeft hij ze die deze worden werd kan hebben tot was meer geen tegen volgens jaar"
    ),
    "sv": (
        "och att det som en på är av för med den till i inte har de ett om han men var jag från vi så kan när "
        "hon sig under efter också vid nu eller hade bara skulle sin där mot ska"
    ),
    "da": (
        "og at det er en til på af for med den i ikke har de et om han men var jeg fra vi så kan når hun sig "
        "under efter også ved nu eller havde kun skulle sin der mod skal blev som være blevet"
    ),
    "pl": (
        "w i na z się nie do że to jest o jak po co ale od za przez dla przy już są był tym tego ich być może "
        "tylko jego ma oraz które który która było będzie także"
    ),
    "tr": (
        "ve bir bu da de için ile olarak çok daha olan gibi en ne kadar sonra var ancak değil her ise ya o "
        "göre oldu olduğu diye yüzde kendi bin tarafından dedi"
    ),
    "id": (
        "yang dan di dengan untuk ini dari dalam pada itu tidak akan juga ke oleh adalah ada telah bisa "
        "mereka kata sebagai karena tersebut lebih saat atau tahun bahwa setelah"
    ),
    "ro": (
        "de și în la a cu pe nu că o din care este pentru mai au fost un se sa ce dar prin după sunt lui sau "
        "ca fi această acest fără ale"
    ),
}
_LANGUAGES: dict[str, list[str]] = {}
"""The languages in which each word is a small word."""
for _language, _words in _SMALL_WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES.setdefault(_word, []).append(_language)
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"),
    ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("hi", "\u0900", "\u097f"),
    ("bn", "\u0980", "\u09ff"),
    ("pa", "\u0a00", "\u0a7f"),
    ("gu", "\u0a80", "\u0aff"),
    ("ta", "\u0b80", "\u0bff"),
    ("te", "\u0c00", "\u0c7f"),
    ("kn", "\u0c80", "\u0cff"),
    ("ml", "\u0d00", "\u0d7f"),
    ("th", "\u0e00", "\u0e7f"),
)
_WITHIN_A_SCRIPT = {
    "ru": (("uk", "іїєґ"), ("sr", "ђћџјљњ")),
    "ar": (("ur", "ٹڈےں"), ("fa", "پچژگ")),
}
"""Languages that share a script with another one, and letters that only they have."""


_OTHER_SCRIPTS = re.compile("[" + "".join(f"{first}-{last}" for _, first, last in _SCRIPTS) + "]")


def language_of(text: str, declared: str | None = None) -> str | None:
    """Return the language tag of `text`: the `declared` one, unless the text clearly contradicts it.

    None if neither gives an answer.
    """
    found, clear = _found(text)
    if found is None or (declared is not None and (not clear or _primary(declared) == found)):
        return declared
    if declared is not None and _both_foreign(_primary(declared), found):
        return declared
    return found


def is_english(language: str | None) -> bool:
    """Return whether to look for claims in an article of this language. An unknown language counts as English."""
    return language is None or _primary(language) == ENGLISH


def language_name(language: str) -> str:
    """Return the name of a language in the spoken one, or its tag."""
    from babel import Locale  # noqa: PLC0415 - two megabytes, for the few texts that are not in English

    names: Mapping[str, str] = Locale.parse(spoken_language().locale).languages
    return names.get(_primary(language), language)


def _primary(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _both_foreign(declared: str, found: str) -> bool:
    """Return whether to trust the page: two languages other than English need not be told apart here."""
    return ENGLISH not in (declared, found)


def _found(text: str) -> tuple[str | None, bool]:
    """Return the language that the words of `text` point to, and whether they do so clearly."""
    sample = text[: WORDS_LOOKED_AT * 8]
    if (script := _by_script(sample)) is not None:
        return script, True
    words = [word.replace("’", "'") for word in _WORD.findall(sample.lower())[:WORDS_LOOKED_AT]]
    if len(words) < WORDS_NEEDED:
        return None, False
    found = dict.fromkeys(_SMALL_WORDS, 0)
    for word in words:
        for name in _LANGUAGES.get(word, ()):
            found[name] += 1
    shares = {name: count / len(words) for name, count in found.items()}
    best = max(shares, key=lambda name: (shares[name], name == ENGLISH))
    if shares[best] < CLEAR:
        return None, False
    rival = shares[ENGLISH] if best != ENGLISH else max(shares[name] for name in shares if name != ENGLISH)
    return best, shares[best] >= AHEAD * rival


def _by_script(text: str) -> str | None:
    """Return the language of a text if at least half of its letters are not Latin, else None."""
    if not _OTHER_SCRIPTS.search(text):
        return None
    letters = [character for character in text if character.isalpha()]
    foreign = Counter(
        next((name for name, first, last in _SCRIPTS if first <= character <= last), "")
        for character in letters
        if character > "\u036f"
    )
    foreign.pop("", None)
    if len(letters) < WORDS_NEEDED or sum(foreign.values()) * 2 < len(letters):
        return None
    # Japanese uses Chinese characters, too; a few kana give it away.
    name = "ja" if foreign["ja"] * 10 > len(letters) else foreign.most_common(1)[0][0]
    for other, own in _WITHIN_A_SCRIPT.get(name, ()):
        if sum(text.count(letter) for letter in own) * 100 > len(letters):
            return other
    return name
