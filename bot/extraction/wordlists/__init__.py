"""Closed lists of words: countries, first names, and the words that news uses for people, speech and roles.

Constants and lookups, nothing else. Every room of extraction may use them.
"""
