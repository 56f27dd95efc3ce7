"""What the Jobs run: Python's own library alone, so that a plain Python image does.

A Job's pod has the modules that it needs at one path, out of a ConfigMap, and runs one of them by `python3 -m`. They
are told everything by arguments and environment, say what they do line by line, and end with 0 or 1. They import each
other by relative names, since the package has another name there (`script_job.PACKAGE`).
"""
