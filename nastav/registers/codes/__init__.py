"""Заменить имена кодами: asked, shown once more to be printed, then done for good."""
