"""«Номера и даты»: what a signed paper was given, and what follows from it."""
