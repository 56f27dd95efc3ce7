"""For the tests of apps that use this library, and of this library: snapshots of manifests, with what a change does.

pytest finds `plugin.py` by itself where the library is installed; `snapshots.py` is the fixture's one file a resource.
"""
