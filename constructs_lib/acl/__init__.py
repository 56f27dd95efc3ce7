"""The server's ACL language: what a user may do, as it is written and as the server judges it.

Start with `user.py`, a user of a cache. `presets.py` has the clients that are known, `rules.py` the words of a line,
`file.py` the file that we write, `lines.py` a file as the server reads it, and `judgement.py` answers whether a user
may run a command.
"""
