"""Deadlines as they are kept: found by when they are due, and moved when the calendar is."""
