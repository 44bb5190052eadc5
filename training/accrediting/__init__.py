"""Who may teach a course: what has to be shown, how the right is given, held and lost."""
