"""Use cases: one a function, one transaction each. What they need from outside stands in ports.py."""
