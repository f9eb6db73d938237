"""Projects and what is done for them again and again."""
