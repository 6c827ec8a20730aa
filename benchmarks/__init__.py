"""Benchmarks. `python -m benchmarks` prints every table, `python -m benchmarks NAME` one."""
