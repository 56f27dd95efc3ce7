"""The command line as a program of its own, where a test needs a process: `python -m tests.cli.command synth`."""

from constructs_lib.cli.app import main

main()
