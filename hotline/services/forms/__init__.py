"""Log forms of calls (B1)."""
