"""Which claims a text holds: source, cue and content, their kind, and how likely each is right.

Encoder output goes in, claims with character spans and probabilities come out, without actors. Includes
quotations, transcripts, pull quotes and passages in other languages. The pipeline calls it.
"""
