"""`cdk8s-dragonfly backup`: snapshots of a cache. Start with `command.py`."""
