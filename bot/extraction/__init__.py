"""Extraction: from a text to its actors and claims. Pure: no network, no database, no Discord."""

import os

# Without it onnxruntime reports to its maker from the moment it is imported; asking it later is too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
