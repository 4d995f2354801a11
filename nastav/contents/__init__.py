"""What each paper of a school holds: its fields and lists, from the rooms that own them."""
