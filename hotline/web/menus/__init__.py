"""Menus as a picture: drafted, tried and put in force."""
