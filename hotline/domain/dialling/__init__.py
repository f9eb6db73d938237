"""Calls that we dial (A3): what may be dialled and when, and what became of it."""
