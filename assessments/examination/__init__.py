"""Document examination: practice with specimens, what is scored of it and how the next one is chosen."""
