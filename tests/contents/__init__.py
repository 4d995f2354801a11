"""What papers hold."""
