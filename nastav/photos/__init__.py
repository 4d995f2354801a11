"""Photos: where a picture was taken is cut out of its file; nothing else of it changes."""
