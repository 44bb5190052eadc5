"""The progress of a group in a course: the grid filtered and taken out, one person's way, and the questions that most fail."""
