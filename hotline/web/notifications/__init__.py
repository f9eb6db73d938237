"""Notifications: the bell, their list, how one wants to be told, and the log of what was sent."""
