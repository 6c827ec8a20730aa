"""What is in memory when the steps begin is out of the garbage collector's sight."""

import subprocess
import sys

CODE = """
import gc
import weakref
from bot.runner.garbage import LOOK_AFTER, settle
settle()
settled = gc.get_freeze_count()
kept = [[] for _ in range(10_000)]
settle()
print(settled > 1000, gc.get_freeze_count() == settled, len(gc.get_objects()) < 20_000)
circle = weakref.ref(type("Circle", (), {}))
print(gc.isenabled(), gc.get_threshold()[0] == LOOK_AFTER, gc.collect() > 0 and circle() is None)
"""


def test_what_is_there_is_settled_once_and_what_comes_later_is_collected_as_ever() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True"] * 6
