"""The month's scores as pages and for other systems."""
