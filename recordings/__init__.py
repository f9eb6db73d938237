"""Recordings: taking them in from Asterisk, storing, checking, measuring."""
