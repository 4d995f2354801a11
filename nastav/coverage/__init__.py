"""Охват: every rule of counting children, once."""
