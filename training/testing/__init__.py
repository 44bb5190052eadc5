"""Tests before and after a session: opened and closed in the room, crossed over, on paper where there is no line; and what was gained."""
