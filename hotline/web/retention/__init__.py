"""Keeping for the legal term, deletion, archive, requests of persons (E2, G3)."""
