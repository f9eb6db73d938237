"""Discs of recordings (E2): written, read back, and recordings brought back from them."""
