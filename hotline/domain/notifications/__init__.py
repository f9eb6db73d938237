"""Notifications: what a person is told, by which ways, and what became of each."""
