"""Customers are asked by a link instead of a call (E3)."""
