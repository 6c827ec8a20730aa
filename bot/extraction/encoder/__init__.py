"""From text to vectors: tokens, word pieces, windows, one pass of the transformer, and its sentence and tag
scores.

Text goes in; arrays that the other rooms of extraction read (`doc_state.py`) come out. Every component that
needs the network's opinion calls this room.
"""
