"""An instance that others deployed, as far as what stands around it must know it. Start with `existing.py`."""
