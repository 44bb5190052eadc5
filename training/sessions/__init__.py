"""Training in a room: planned, held, and who was there."""
