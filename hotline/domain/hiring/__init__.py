"""Operators are hired, change and leave, while the hotline runs."""
