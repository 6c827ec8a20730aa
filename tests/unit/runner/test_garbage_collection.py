"""Objects that exist when the steps begin are exempt from garbage collection."""

import subprocess
import sys

CODE = """
import gc
import weakref
from bot.runner.garbage_collection import COLLECT_AFTER, collect_less_often
collect_less_often()
frozen = gc.get_freeze_count()
kept = [[] for _ in range(10_000)]
collect_less_often()
print(frozen > 1000, gc.get_freeze_count() == frozen, len(gc.get_objects()) < 20_000)
circle = weakref.ref(type("Circle", (), {}))
print(gc.isenabled(), gc.get_threshold()[0] == COLLECT_AFTER, gc.collect() > 0 and circle() is None)
"""


def test_existing_objects_are_exempt_once_and_new_ones_are_still_collected() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True"] * 6
