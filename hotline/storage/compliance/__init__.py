"""Signatures below the report on service and supervision (F5)."""
