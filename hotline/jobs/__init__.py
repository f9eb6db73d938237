"""Scheduled jobs: one scheduler in the whole system, elected by a lease in the database."""
