"""Articles: from an entry and its page to clean text and what is known about it.

An entry goes in, a `ReadArticle` comes out, or an error that says why not. Pages are taken apart in worker
processes, and sites are treated politely (robots rules, one page a second). The runner and the command line
call it.
"""
