"""Python's bridge to UNO, taken from the system's packages where the running Python can load it."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"


@functools.cache
def load_uno() -> Any:
    """The module ``uno``.

    Raises:
        ImportError: it is not installed, or is for another version of Python.
    """
    try:
        return importlib.import_module("uno")
    except ImportError:
        pass
    sys.path.append(_SYSTEM_PACKAGES)
    try:
        return importlib.import_module("uno")
    finally:
        sys.path.remove(_SYSTEM_PACKAGES)


def uno_problem() -> str:
    """Why ``uno`` can't be used here; empty when it can."""
    try:
        load_uno()
    except ImportError as error:
        return f"python3-uno for Python {sys.version_info.major}.{sys.version_info.minor}: {error}"
    return ""


def property_value(name: str, value: object) -> Any:
    """A ``com.sun.star.beans.PropertyValue``."""
    item = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    item.Name, item.Value = name, value
    return item


class OfficeError(RuntimeError):
    """LibreOffice refused a call or has ended."""


def plain_errors(call: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn UNO's exceptions into :class:`OfficeError`.

    UNO's own can't carry a traceback, and so break ``with`` statements and pytest on their way.
    """

    @functools.wraps(call)
    def plain(*arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
        try:
            return call(*arguments, **options)
        except Exception as error:
            if not isinstance(error, load_uno().getClass("com.sun.star.uno.Exception")):
                raise
            problem = f"{type(error).__name__}: {error}"
        raise OfficeError(problem)

    return plain
