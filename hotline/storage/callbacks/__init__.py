"""Callbacks: calls that we owe (A9)."""
