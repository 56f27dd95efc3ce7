"""Where a cache's Secret comes from: one module for each way to get it.

Start with `secrets.py` (`DragonflySecrets`); `sops/` keeps the encrypted file.
"""
