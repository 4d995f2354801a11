"""Libraries that few requests need are loaded when something of them is first used.

A server starts without them, and one that is never asked for a workbook never holds its library. Where
it is used, the import stands under `TYPE_CHECKING` for the types, and a `late` of the same name under its
`else`. Annotations may name one; `except`, `isinstance` and base classes need the class itself, so they
take it from its module: `except library.Error`.
"""

from importlib import import_module
from typing import Any


class _Late:
    """Stands for a module, or for something in it, and passes on whatever is asked of it."""

    _module: str
    _name: str

    def __init__(self, module: str, name: str) -> None:
        vars(self).update(_module=module, _name=name)

    def _found(self) -> Any:
        module = import_module(self._module)  # one thread loads it, the others wait
        return getattr(module, self._name) if self._name else module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found(), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._found(), name, value)

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._found()(*args, **named)


def late(module: str, name: str = "") -> Any:
    """Return what stands for a module, or for a class or function of it, and loads it at its first use."""
    return _Late(module, name)
