"""The line: open or closed, who is on duty, where calls go."""
