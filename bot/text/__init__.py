"""Text as text: folding for comparison, plain text of markup, legal characters, languages.

Strings in, strings out; pure. Any room may call it.
"""
