"""Бланки: the wording of questionnaires, printed sheets, a stack typed into a grid."""
