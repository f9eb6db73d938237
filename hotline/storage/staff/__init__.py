"""Our own people, and who had which extension when."""
