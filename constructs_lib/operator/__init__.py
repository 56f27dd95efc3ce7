"""The Dragonfly operator, installed by Flux from its Helm chart.

Start with `operator.py` (`DragonflyOperator`).
"""
