"""The pipeline that ships with the bot, loaded once."""

import pytest
from spacy.language import Language

from bot.extraction.pipeline import load
from config.settings import default_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load(default_model())
