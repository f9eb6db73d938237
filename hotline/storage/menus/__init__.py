"""Drafts of the menus, and calls by which they are tried."""
