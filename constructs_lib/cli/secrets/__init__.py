"""`cdk8s-dragonfly secrets`: the Secret that SOPS encrypts. Start with `command.py`."""
