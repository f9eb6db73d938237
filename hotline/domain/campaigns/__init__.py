"""Campaigns: many customers are asked for one purpose (E9, 001-3 三)."""
