"""Verdicts are made of what exists when a subject is complete, kept as rows, counted, tried and contested."""
