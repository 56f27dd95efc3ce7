"""A Dragonfly instance and what it holds: server, pods, users, clients, snapshots, its Secret, connections.

Start with `cache.py` (`DragonflyCache`), then `arguments.py`; `spec.py` writes the operator's resource.
"""
