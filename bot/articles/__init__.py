"""Articles: from an entry and its page to clean text and what is known about it.

An entry goes in; a `ReadArticle` comes out, or an error that says why not. Pages are parsed in worker
processes, and sites are treated politely (robots.txt, one page per second). The runner and the command line
call it.
"""
