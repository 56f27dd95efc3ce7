"""`cluster.yaml`: what its variables are called, what they mean, and what is wrong with them."""

from constructs_lib.config.cluster import load
from constructs_lib.config.reading import Cluster

__all__ = ["Cluster", "load"]
