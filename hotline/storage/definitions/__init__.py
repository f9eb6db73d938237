"""Definitions in their versions."""
