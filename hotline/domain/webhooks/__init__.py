"""Web hooks: what is told to other systems, and what became of it."""
