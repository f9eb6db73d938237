"""Who was there when the plan said so: late starts, empty shifts, and what came of the time."""
