"""A cache is saved to S3 or to a volume, old snapshots go, restores are made and tried.

Start with `backup.py` (`DragonflyBackup`); `bucket.py`, `restore.py`, `retention_jobs.py` and `drill.py` are what
stands around it, and `jobs/` is what their Jobs run in the cluster.
"""
