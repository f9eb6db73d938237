"""The calls that we owe (A9)."""
