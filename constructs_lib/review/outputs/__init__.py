"""A review for a reader, a pull request, a program."""
