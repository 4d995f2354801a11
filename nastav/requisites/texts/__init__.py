"""What a school itself writes in its papers, once a school year; lines to write on where it has not."""
