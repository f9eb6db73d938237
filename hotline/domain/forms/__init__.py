"""The records of calls (B1)."""
