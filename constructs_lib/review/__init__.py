"""What a change of manifests does to a running cache.

Start with `changes/model.py`: an `Effect`, a `Change`, a `Review`. `review.py` pairs the objects of two trees and
asks the module of each kind, by the table in `kinds.py`, what the differences do.
"""
