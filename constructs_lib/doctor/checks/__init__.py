"""The checks, one idea a module: `CHECKS` says what it looks for and `find` where it is."""
