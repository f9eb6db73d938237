"""The figures of the hotline, by database."""
