"""What the garbage collector need not look at: it stops the event loop for as long as it looks at everything."""

import gc

LOOK_AFTER = 10_000
"""Objects more than before after which the collector looks at the new ones. A poll leaves some dozens until it is
stored, hardly any of them in circles; looking after every 700, as Python does, is a twentieth of what polls cost.
Looking at so many takes two or three milliseconds."""


def settle() -> None:
    """Take what is in memory now out of the collector's sight, as it is there to stay; once in a process.

    Modules and tables are some 150,000 objects. A full collection that looks at them all takes most of a tenth of
    a second. What comes later is collected as ever, only less often.
    """
    # on Python 3.12 some objects are frozen from the start, so their number does not tell whether this was done
    if gc.get_threshold()[0] != LOOK_AFTER:
        gc.collect()
        gc.freeze()
        gc.set_threshold(LOOK_AFTER, *gc.get_threshold()[1:])
