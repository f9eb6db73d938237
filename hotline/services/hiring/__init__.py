"""Operators are hired, change and leave: account, person, extension, phone and Asterisk in one."""
