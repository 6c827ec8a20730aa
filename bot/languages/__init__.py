"""The languages of the interface: sentences by gettext, dates and numbers by CLDR, and which language is spoken.

Floor: the ground, with nothing below it. `catalogues/` holds the translations: `.po` to edit, `.mo` to load.
"""
