"""The encrypted Secret of a cache, kept by the real `sops`: made, brought up to date, rotated, checked.

Plaintext lives in this process's memory and in the pipes to and from `sops`, and nowhere else. Start with
`secret_file.py`; `file.py` is what can be read of an encrypted file without a key.
"""
