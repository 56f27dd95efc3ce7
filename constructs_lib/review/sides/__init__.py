"""The two sides of a review: from files, from git, from a cluster. Start with `trees`."""
