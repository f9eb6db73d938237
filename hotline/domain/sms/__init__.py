"""Text messages: when they may go, and what becomes of them."""
