"""A Secret that somebody else makes: nothing is written, and nothing of it can be known."""

from __future__ import annotations

from constructs_lib.secrets.provider import SecretProvider


class ExistingSecret(SecretProvider):
    """Nothing in the tree."""

    def must_hold(self) -> str:
        """Its keys, where there are more than the password."""
        keys = self.contents.keys
        if len(keys) < 2:
            return ""
        return (
            f"the Secret {self.contents.place} must hold {', '.join(keys)}; pods read it when they start "
            "(docs/secrets.md)"
        )

    def place_of(self, key: str) -> str:
        """Into the Secret itself, or another way."""
        return (
            f"put it into the Secret {self.contents.place} under '{key}', or choose 'sops' for `source` and run "
            "`cdk8s-dragonfly secrets init`, which takes it over"
        )

    @staticmethod
    def how_to_add(secret: str, namespace: str) -> str:
        """By hand."""
        return (
            f"`kubectl --namespace {namespace} edit secret {secret}` and add them under `stringData`, or make the "
            "Secret anew with them."
        )
