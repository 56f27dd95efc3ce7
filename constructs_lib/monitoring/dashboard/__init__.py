"""Grafana's dashboard of a cache: rows of panels as data, and the builders that draw them.

Start with `dashboard.py`.
"""
