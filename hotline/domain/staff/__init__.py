"""Our own people: persons, teams, departments, who stood in for whom, and who had which extension when."""
