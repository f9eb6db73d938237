"""Who gets in by SIP, and who is turned away."""
