"""Definitions: their words. Pages come with what is defined."""
