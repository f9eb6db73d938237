"""The first hour of a site: what is set up and what is missing."""
