"""HTTP: one client for feeds and pages, with every limit that a hostile server makes necessary.

Addresses go in, answers (status, headers, body within a size limit) come out. Address guard, redirects,
compression, character encodings and slots per host live here. Feeds, articles and the runner call it; nothing
else reaches the network.
"""
