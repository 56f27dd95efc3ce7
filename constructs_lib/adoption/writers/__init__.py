"""The arguments, written down: as a `cluster.yaml`, or as an app in Python."""
