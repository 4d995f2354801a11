"""История этапа: steps and revisions, old and new."""
