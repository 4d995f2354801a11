"""Встречи: what a pair or group did on a day, who was there, and what an entry was before."""
