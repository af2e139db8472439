"""Real processes that are killed, and databases that fail: nothing is lost, and nothing done twice.

A few faults are made in every run of the suite; `make faults` makes all of them.
"""
