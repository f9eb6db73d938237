"""Reports that are made by themselves and sent: when, of what time, to whom."""
