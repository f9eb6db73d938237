"""Verdicts: whether each rule was kept, subject by subject, and what they add up to."""
