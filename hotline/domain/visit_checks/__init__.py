"""Visits are sampled and judged, each visitor's month is seen, and the month is reported (E6)."""
