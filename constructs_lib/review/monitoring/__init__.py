"""What a change of a PodMonitor, of rules or of a dashboard does: what is watched less closely."""
