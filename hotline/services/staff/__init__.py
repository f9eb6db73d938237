"""Our own people: who had which extension when, who acts for whom, who belongs where."""
