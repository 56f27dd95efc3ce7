"""The ways to get the Secret, a module each: `provider.py` of the folder above says what a way is asked."""
