"""Sheets that no other room has, and the book that is put together of all."""
