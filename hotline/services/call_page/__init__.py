"""What every feature has of one call."""
