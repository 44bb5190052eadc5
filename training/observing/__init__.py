"""Practice observed by a rubric: recorded, held together, signed."""
