"""Shifts handed over: what is open passes from one to the next, in words and accepted (F6)."""
