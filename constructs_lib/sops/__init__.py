"""The encrypted Secret of a cache, kept by the real `sops`: made, brought up to date, rotated, checked.

Plaintext lives in this process's memory and in the pipes to and from `sops`, and nowhere else.
"""

from constructs_lib.sops.program import NoPrivateKey, SopsFailed
from constructs_lib.sops.secret import MissingValues, PlainSecret
from constructs_lib.sops.secret_file import SecretFile, SecretFileError

__all__ = ["MissingValues", "NoPrivateKey", "PlainSecret", "SecretFile", "SecretFileError", "SopsFailed"]
