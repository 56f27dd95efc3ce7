"""Sizes, amounts, schedules, names, versions, addresses: each parsed once, by the one that reads it in the cluster.

Start with `memory.py`; the others are made alike.
"""
