"""Files that were attached to something: their names and types."""
