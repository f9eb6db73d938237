"""Projects: kept, brought in, and visited as long as they last (E8)."""
