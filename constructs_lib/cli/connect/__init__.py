"""`cdk8s-dragonfly connect`: what a client is given. Start with `command.py`."""
