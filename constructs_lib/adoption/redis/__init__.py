"""A redis.conf or valkey.conf, as arguments of a cache.

Start with `settings.py`. `sources.py` finds the files, `configuration.py` reads them, `directives.py` says what becomes
of each directive and `without.py` of which nothing does, `together.py` has those that are read with others, `users.py`
the users, `commands.py` the commands that a server lacks.
"""
