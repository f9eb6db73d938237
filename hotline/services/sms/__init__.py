"""Text messages (SMS): written down, sent by a gateway, reported."""
