"""Settings in force: what is decided over the files, and the figures of the rules at any moment."""
