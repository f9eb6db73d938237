"""Calls: folded from channel events into the ledger."""
