"""Tables that people bring in by a page."""
