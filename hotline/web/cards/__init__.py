"""Script cards (C9-C11)."""
