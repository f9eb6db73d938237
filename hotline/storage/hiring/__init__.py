"""Who leaves, and when."""
