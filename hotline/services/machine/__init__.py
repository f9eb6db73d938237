"""This machine as administrators see to it: its discs, and the speech models on it."""
