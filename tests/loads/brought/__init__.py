"""Tables as schools bring them, each made by a script; what their check shows stands in `expected/`.

One for each sentence of what the site promises to read. The expected text was written by hand.
"""
