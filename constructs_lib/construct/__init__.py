"""What every construct stands on: keyword arguments from a model, objects rendered at synth, findings of the whole app.

Start with `keyword_arguments.py`.
"""
