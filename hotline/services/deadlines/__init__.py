"""Deadlines that are kept: started where a thing begins, told of once when they end, moved with the calendar."""
