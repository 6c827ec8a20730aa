"""How people write from when to when, in each language: `*` stands for either end.

They are read as those of `period_phrases` are. Longer ones come first: what they have before the ends and after
them is no part of these.
"""

RANGES = {
    "en": ("between * and *", "* up to *", "* until *", "* till *", "* through *", "* thru *", "* to *"),
    "de": ("zwischen * und *", "* bis zum *", "* bis *"),
    "es": ("entre * y *", "* hasta *"),
    "fr": ("entre * et *", "* jusqu'au *", "* jusqu'à *", "* jusqu'en *"),
    "pt_BR": ("entre * e *", "* até *"),
    "hi": ("* और * के बीच", "* से लेकर * तक", "* से * तक"),
}
"""The ways to write it, by the code of the catalogue."""
MAYBE_RANGES = {
    "es": ("* al *", "* a *"),
    "fr": ("* au *", "* à *"),
    "pt_BR": ("* ao *", "* às *", "* a *"),
    "hi": ("* से *",),
}
"""Ways that may mean something else, too: "ayer a las 5" is a time of day."""
