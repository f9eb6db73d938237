"""Notifications: written where something happens, sent by a job, read on a page."""
