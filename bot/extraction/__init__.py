"""Extraction: from the text of an article to its actors and claims.

Text and title go in, an `Extraction` comes out. Pure: no network, no database, no Discord. `extractor.py` is
the way in for the rest of Hearsay and hands the work to worker processes; everything else here runs only inside
them.
"""

import os

# Without it onnxruntime reports to its maker from the moment it is imported; asking it later is too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
