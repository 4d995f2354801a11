"""What the site itself counts for the activities of a stage; it suggests, a person declares."""
