"""Attachments: taken in, given out, removed."""
