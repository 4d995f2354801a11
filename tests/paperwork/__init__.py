"""Papers made from what the site holds."""
