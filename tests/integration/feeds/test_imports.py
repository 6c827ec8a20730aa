"""The main process stays light: parsers are imported in worker processes only."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["bot.feeds.poll", "bot.feeds.discovery", "bot.articles.read", "bot.workers"])
def test_the_main_process_imports_no_parser(module: str) -> None:
    heavy = "{'feedparser', 'trafilatura', 'numpy', 'spacy', 'discord'}"
    code = f"import sys, {module}; print(*({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
