"""Знакомые браузеры: where somebody signed in before; strangers' guesses do not close sign-in there."""
