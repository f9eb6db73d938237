"""Text messages: what is stored of them."""
