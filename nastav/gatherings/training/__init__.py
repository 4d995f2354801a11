"""Обучение наставников: events of a school and who took part (этап IV)."""
