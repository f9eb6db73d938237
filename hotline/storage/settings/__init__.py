"""Decisions on settings."""
