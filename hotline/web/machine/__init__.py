"""The pages of this machine: its discs, and the speech models on it."""
