"""Verdicts as rows that are only added, and what they add up to."""
