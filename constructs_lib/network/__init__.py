"""Who may reach a cache, and what it may reach.

Start with `policy.py` (`DragonflyNetworkPolicy`), then `flows.py`; each kind of policy is a module of its own.
"""
