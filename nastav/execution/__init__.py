"""Исполнение приказа: each point with its state, figures and what proves it, and the справка."""
