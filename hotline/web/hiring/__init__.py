"""Pages on which operators are hired, changed and leave."""
