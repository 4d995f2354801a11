"""What the site counted when a stage was accepted, and what of it still stands."""
