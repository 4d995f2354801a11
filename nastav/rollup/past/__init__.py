"""How the stages of a district stood on a past day."""
