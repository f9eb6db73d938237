"""Pages and API of campaigns."""
