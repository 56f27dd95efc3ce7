"""What is wrong with manifests that others wrote: rendered Helm, a GitOps repository, anything with a Dragonfly in it.

Start with `model.py`: a `Check`, what it has `Found`. `doctor.py` reads the objects and asks every module in `checks/`,
each one idea, by way of `tree.py` and `instance.py`, which know how the objects belong together.
"""
