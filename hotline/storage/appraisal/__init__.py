"""Months that were signed and closed, objections, and what scores are made of."""
