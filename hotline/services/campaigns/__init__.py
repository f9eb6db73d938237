"""Campaigns: drawn, started, stopped, and what came of them."""
