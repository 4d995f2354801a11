"""Завершение: many pairs closed together, carried into the next school year, opened again."""
