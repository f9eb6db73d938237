"""Settings decided in the browser."""
