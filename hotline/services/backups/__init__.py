"""Backups: made every night, tried out, brought back."""
