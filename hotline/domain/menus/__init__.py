"""Menus as a graph: where each key leads at each time, and what is wrong with that."""
