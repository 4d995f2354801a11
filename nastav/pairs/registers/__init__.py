"""Реестры как их видит школа: the list, a person's card, leaving and coming back."""
