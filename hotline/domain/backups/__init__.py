"""Backups of the database and the site's files: what is in one, when one is due, and whether one can be trusted."""
