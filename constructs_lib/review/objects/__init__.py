"""What a change of the other objects around a cache does: policies, Jobs, releases, Kustomizations."""
