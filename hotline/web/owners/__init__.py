"""Each customer has a person of ours (E11)."""
