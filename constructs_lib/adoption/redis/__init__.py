"""A redis.conf or valkey.conf, as arguments of a cache.

Start with `settings.py`. `configuration.py` reads the file, `directives.py` says what becomes of each directive and
`without.py` of which nothing does, `together.py` has those that are read with others, `users.py` the users.
"""
