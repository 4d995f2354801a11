"""The district's board of best practices, which every school reads."""
