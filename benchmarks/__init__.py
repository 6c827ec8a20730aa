"""What is measured, against what. `python -m benchmarks` prints every table, `python -m benchmarks NAME` one."""
