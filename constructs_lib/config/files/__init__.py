"""The files of a configuration: read with their lines, and merged in order. Start with `configuration.py`."""
