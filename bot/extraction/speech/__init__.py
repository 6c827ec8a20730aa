"""How a claim was made: to whom, when, hedged or not, and reports that nothing was said.

Claims go in, the same claims with these details (or fewer claims) come out. The pipeline calls it, after claims
are found.
"""
