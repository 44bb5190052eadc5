"""Groups that trainers make themselves: picked, pasted, by a rule, or by a code shown in the room."""
