"""Notifications, what was sent of them, and how people want to be told."""
