"""What a change of a Dragonfly resource does to its pods, its data and its clients. Start with `dragonfly`."""
