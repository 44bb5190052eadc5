"""Teaching by a guide: the plan of a session by the clock, what has to be ready before it, slides for the room, and the same on paper."""
