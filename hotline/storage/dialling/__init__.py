"""Dials: what is stored of them."""
