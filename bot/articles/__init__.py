"""Articles: from the page of an entry to clean text and what is known of it."""
