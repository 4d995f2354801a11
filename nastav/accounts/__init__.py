"""Учётные записи: users, sign-in, sessions, passwords."""
