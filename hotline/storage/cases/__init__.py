"""Complaints and requests that outlast their call (D1)."""
