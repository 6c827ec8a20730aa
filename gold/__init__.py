"""Articles annotated with their claims, and code that reads them; see README.md."""
