"""Operators at work: their state, their calls, the pop."""
