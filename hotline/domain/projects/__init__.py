"""Projects that were delivered to a customer, and what is done for them again and again (E8)."""
