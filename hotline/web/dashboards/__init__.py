"""The page of dashboards, and the one on which tiles are chosen."""
