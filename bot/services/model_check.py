"""A check that the model loads and works, on a sample sentence."""

from bot.errors import ModelMissing
from bot.extraction.extractor import Extractor

SAMPLE = "“The bridge is safe,” Mayor Ada Lindqvist said on Monday."
SPEAKER = "Ada Lindqvist"


async def check_model(extractor: Extractor) -> None:
    """Load the model in a worker process and try it.

    Raises ModelMissing if it cannot be loaded or does not find who speaks in the sample, ExtractionError if
    the worker runs out of time or memory.
    """
    found = await extractor.extract(SAMPLE)
    if not any(claim.actor == SPEAKER for claim in found.claims):
        raise ModelMissing("The model loads, but finds nothing in a sample sentence. Check HEARSAY_MODEL.")
