"""Tables that people bring: inspected, read in a process of its own, given on as plain text."""
