"""Typed models of what a construct takes, and what is wrong with it, all at once.

Start with `model.py`: `Arguments`, `Meaning` and `rule`. `types.py` has the kinds of value, `core_v1.py` the parts that
are Kubernetes' own objects.
"""
