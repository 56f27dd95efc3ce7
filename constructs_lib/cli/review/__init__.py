"""`cdk8s-dragonfly review`. Start with `command`."""
