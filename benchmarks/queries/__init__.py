"""How fast questions are answered, and digests composed, from an archive of up to a million claims."""
