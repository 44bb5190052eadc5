"""The cascade: from the master group of a course down to the last officer, and what is lost on the way."""
