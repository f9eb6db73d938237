"""The first hour of a site, and its carrier."""
