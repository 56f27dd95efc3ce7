"""Where a cache's Secret comes from: one module of `providers/` for each way to get it.

Start with `secrets.py` (`DragonflySecrets`) and `provider.py` (what a way is asked); `sops/` keeps the encrypted file.
"""
