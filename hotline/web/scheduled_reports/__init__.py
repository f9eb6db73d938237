"""Reports that are made by themselves: their pages."""
