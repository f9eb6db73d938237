"""Examination of calls by people (E6, F5)."""
