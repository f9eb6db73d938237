"""Recordings, from Asterisk to the store."""
