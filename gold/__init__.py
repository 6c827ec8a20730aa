"""Articles annotated with their claims, and their reader; see README.md."""
