"""`cdk8s-dragonfly`: what the library offers at the command line, one subcommand a module.

Start with `app.py`.
"""
