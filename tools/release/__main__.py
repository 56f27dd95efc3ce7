"""Release a version: `make release`."""

from tools.release.release import main

main()
