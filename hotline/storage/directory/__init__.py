"""Whom callers are passed on to (A6, A14)."""
