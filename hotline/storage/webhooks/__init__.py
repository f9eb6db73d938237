"""Tables and stores of web hooks."""
