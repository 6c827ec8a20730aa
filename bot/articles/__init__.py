"""Articles: from an entry and its page to clean text and metadata.

Takes an entry, and returns a `ReadArticle` or raises an error that says why not. Pages are parsed in worker
processes, and sites are treated politely (robots.txt, one page per second). The runner and the command line call
it.
"""
