"""What the processes' logs say of one call."""
