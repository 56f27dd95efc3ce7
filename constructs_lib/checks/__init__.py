"""Written manifests, read back and checked: against schemas here, or by a cluster's own API server."""
