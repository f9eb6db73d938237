"""Shifts (F6): who works when, planned, published, swapped; leave; and the feeds of people's own calendars."""
