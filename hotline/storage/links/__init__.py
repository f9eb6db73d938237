"""Links: what is stored of them."""
