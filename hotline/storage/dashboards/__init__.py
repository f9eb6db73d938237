"""Dashboards, as they are kept."""
