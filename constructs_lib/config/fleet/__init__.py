"""Several instances of one file, each with its own over what all inherit. Start with `instances.py`."""
