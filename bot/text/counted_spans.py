"""Spans of time as people write them in the spoken language: "2 Wochen", "hace 3 días", "il y a une heure"."""

import re
from datetime import timedelta
from functools import cache

from bot.languages.known_languages import Language
from bot.languages.spoken import spoken_language
from bot.text.folding import fold

UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_SAMPLES = (1, 2, 5)
"""Numbers whose forms are all that the languages of the interface have for less than a million."""
_NEVER_REACHED = 1_000_000
"""How many of a unit are still written in that unit, and not in a larger one."""


def span_in_english(typed: str) -> str | None:
    """Return "3 day" for "vor 3 Tagen" in the spoken language. None if it is no number of a unit of time."""
    folded = " ".join(fold(typed).split())
    for pattern, unit in _patterns(spoken_language()):
        if match := pattern.fullmatch(folded):
            return f"{int(match[1])} {unit}"
    return None


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what CLDR has for a number of each unit, and for so long ago, with the unit's English name."""
    from babel.dates import format_timedelta  # noqa: PLC0415 - Babel takes memory: see formats.py
    from babel.units import format_unit  # noqa: PLC0415

    written: dict[str, str] = {}
    for unit, length in UNITS.items():
        for count in _SAMPLES:
            for form in (
                format_unit(count, f"duration-{unit}", "long", locale=language.locale),
                format_timedelta(
                    -count * length,
                    granularity=unit,  # type: ignore[arg-type]
                    threshold=_NEVER_REACHED,
                    add_direction=True,
                    locale=language.locale,
                ),
            ):
                parts = re.escape(fold(form)).split(str(count))
                if len(parts) == 2:
                    written.setdefault(r"(\d{1,4})".join(part.replace(r"\ ", r"\s*") for part in parts), unit)
    return tuple((re.compile(pattern), unit) for pattern, unit in written.items())
