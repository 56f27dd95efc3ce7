"""What any kind of object is read with: pairs, differences, effects, and what becomes of what is gone.

Start with `model`."""
