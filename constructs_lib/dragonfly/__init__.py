"""What Dragonfly's servers and operators know, by version: flags, commands, metrics, fields of the CRD.

Start with `operator_versions.py` and `flags.py`; `data/` holds what was read off the servers.
"""
