"""What the cluster's Flux reads: Kustomizations, and the namespaces that they apply into.

Start with `kustomization.py` (`FluxKustomization`).
"""
