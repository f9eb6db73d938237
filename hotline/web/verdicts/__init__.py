"""Verdicts and contests, for other systems."""
