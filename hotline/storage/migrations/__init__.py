"""Alembic revisions: how a database came to be what tables.py says."""
