"""From manifests that others wrote to the `cluster.yaml`, or the app in Python, that gives them.

Read `as_cluster_yaml.py` first. `kinds/` say which argument a field of a manifest is, `writers/` write the arguments
down, and `remainder.py` lists what was not carried over, by the review of the manifests before and after.
"""
