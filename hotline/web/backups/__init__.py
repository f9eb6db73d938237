"""Backups on a page: made, tried, fetched, brought back."""
