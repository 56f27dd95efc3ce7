"""A cache is scraped, watched by alerts and drawn on a dashboard.

Start with `monitoring.py` (`DragonflyMonitoring`). `alerts.py` is the catalogue of alerts, `recording_rules.py` what is
recorded for them, `objectives.py` the availability objective, `dashboard/` Grafana's.
"""
