"""Dashboards: seen and changed by who may; the tiles of the wallboard."""
