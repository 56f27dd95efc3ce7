"""What the Jobs run: Python's own library alone, so that a plain Python image does.

A Job's pod has the modules that it needs at the same path, out of a ConfigMap, and runs
`python3 -m constructs_lib.scripts.NAME`. They are told everything by arguments and environment, say what they do line
by line, and end with 0 or 1.
"""
