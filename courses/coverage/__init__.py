"""What the curriculum covers, and what it lacks: for those who edit it, review it and answer for it."""
