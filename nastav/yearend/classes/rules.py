"""What holds when pupils move up."""

LAST_GRADE = 11
