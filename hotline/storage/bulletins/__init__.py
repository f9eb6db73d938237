"""The notice board: what is posted must be read by a day."""
