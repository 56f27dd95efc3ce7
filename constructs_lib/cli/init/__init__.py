"""`cdk8s-dragonfly init`: a repository's first files, as `files/` has them. Start with `command.py`."""
