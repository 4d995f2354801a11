"""`python -m nastav …` is the same as the command `nastav …`."""

from nastav.cli import main

main()
