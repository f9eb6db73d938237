"""Those who get in by SIP, and those who are turned away."""
