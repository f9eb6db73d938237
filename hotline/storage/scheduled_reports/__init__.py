"""Reports that were made, to whom they went, and what people wrote of their work."""
