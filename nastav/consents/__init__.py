"""Согласия: who signed the paper, when and for what; the paper itself stays in the school's file."""
