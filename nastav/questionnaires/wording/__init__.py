"""Редакции анкет: the wording of the questionnaires, replaced without code and never lost."""
