"""Somebody's own day: what they have done, and what is theirs to do."""
