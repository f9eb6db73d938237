"""Our own people: persons, teams and departments, and one's own page."""
