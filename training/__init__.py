"""The recipe for the claims model: from corpora in a folder to the files that Hearsay ships."""
