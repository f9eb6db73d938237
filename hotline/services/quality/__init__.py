"""What the rules of speech and handling say of each call."""
