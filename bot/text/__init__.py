"""Text: folding for comparison, plain text from markup, legal characters, languages.

Strings in, strings out; pure. Any room may call it.
"""
