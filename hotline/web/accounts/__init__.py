"""Who signs in, what they may do, and what they did."""
