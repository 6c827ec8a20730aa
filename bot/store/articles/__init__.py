"""Articles in the database: waiting, read, revised, copied, grouped into stories, and finally deleted.

Takes read articles; returns articles to read, to extract and to group. Reached through `Store.articles`,
`Store.stories`.
"""
