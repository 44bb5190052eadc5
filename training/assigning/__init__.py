"""What is given to groups: how it stands, changes for some, reminders."""
