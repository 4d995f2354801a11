"""Best practices, the board, rewards."""
