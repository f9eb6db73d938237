"""Campaigns and whom each is for."""
