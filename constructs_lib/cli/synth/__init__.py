"""`cdk8s-dragonfly synth`, and `main.py`: from a `cluster.yaml` to its manifests. Start with `synthesis.py`."""
