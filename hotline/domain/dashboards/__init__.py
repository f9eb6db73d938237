"""Dashboards: which tiles somebody has chosen, in which order, of which time."""
