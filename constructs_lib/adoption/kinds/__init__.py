"""Which argument each field of a manifest is; a module a kind of object."""
