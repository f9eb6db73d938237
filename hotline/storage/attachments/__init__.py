"""Attachments: what is stored of them."""
