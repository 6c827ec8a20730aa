"""A local Discord and a sample newsroom: trying the bot without a token, and the ground of the tests."""
