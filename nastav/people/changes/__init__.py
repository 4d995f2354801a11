"""Изменения сведений о человеке: values that stay in the school and are erased with the person."""
