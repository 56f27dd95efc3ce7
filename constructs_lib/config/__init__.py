"""`cluster.yaml`, from the file to the arguments of the constructs. No module here knows cdk8s.

Read `load.py` first: it goes through the other modules in order, each once.
"""
