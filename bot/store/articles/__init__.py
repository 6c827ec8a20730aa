"""Articles in the database: waiting, read, revised, copied, grouped into stories, and finally deleted.

Read articles go in; articles to read, to extract and to group come out. Reached through `Store.articles`,
`Store.stories`.
"""
