"""What a feature tells the web of itself: the types of what it tells, and how menus are made of it."""
