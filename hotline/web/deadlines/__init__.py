"""Deadlines: how they are shown, and which of them moved."""
