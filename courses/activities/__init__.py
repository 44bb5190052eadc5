"""Activities inside lessons: what they tell of, what the server makes of it, and when they count as done."""
