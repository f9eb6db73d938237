"""Attachments: how they are sent and downloaded."""
