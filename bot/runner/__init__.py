"""What runs by itself: the steps an article goes through, and the loop that runs them.

`steps.py` has one function for each step, which takes the store from one state to the next; `loop.py` runs them
all in the bot's own process. `app` builds it; nothing below knows it.
"""
