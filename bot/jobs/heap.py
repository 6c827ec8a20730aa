"""What the garbage collector need not look at: it stops the event loop for as long as it looks at everything."""

import gc


def settle() -> None:
    """Take what is in memory now out of the collector's sight, as it is there to stay; once in a process.

    Modules and tables are some 150,000 objects. A full collection that looks at them all takes most of a tenth of
    a second. What comes later is collected as ever.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
