"""Menus are drafted, tried and put in force."""
