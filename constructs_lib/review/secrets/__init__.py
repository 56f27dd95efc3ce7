"""What a change of a Secret, or of where its values come from, does to whoever reads it."""
