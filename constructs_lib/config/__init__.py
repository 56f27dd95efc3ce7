"""`cluster.yaml`: what its variables are called, what they mean, and what is wrong with them."""

from constructs_lib.config.cluster import Cluster, load

__all__ = ["Cluster", "load"]
