"""Reports on the web: figures for other systems, and the data dictionary."""
