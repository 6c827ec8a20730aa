"""Names in a text and their types: found by the encoder's name head, then repaired by rules.

Tokens and encoder output go in, typed name spans come out. The rooms claims and actors read them.
"""
