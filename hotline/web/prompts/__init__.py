"""What callers hear: sounds that were chosen for prompts, by line and by period, and emergency announcements."""
