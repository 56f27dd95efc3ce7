"""Who reaches whom, what watches and what saves it, as a graph. Start with `topology`; `drawings` draws it."""
