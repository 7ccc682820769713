"""Parameters in bundles: a dataclass stands for its fields.

Fifteen options are shared by the commands. A command takes them as a few objects, and `unbundled`
shows typer one parameter for each field::

    def command(name: Name, inputs: Inputs, output: Output) -> int: ...
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping
from inspect import Parameter
from typing import Any, get_type_hints


def unbundled(function: Callable[..., int]) -> Callable[..., int]:
    """The function with the fields of its dataclass parameters in their place.

    *Shape*: all parameters are keywords, in the order of appearance, with their annotations
    evaluated; their names must differ.
    """
    hints = get_type_hints(function, include_extras=True)
    bundles: dict[str, Any] = {
        name: kind for name, kind in hints.items() if dataclasses.is_dataclass(kind)
    }

    def call(**values: Any) -> int:
        bundled = {
            name: kind(**{field.name: values.pop(field.name) for field in dataclasses.fields(kind)})
            for name, kind in bundles.items()
        }
        return function(**bundled, **values)

    parameters = list(_parameters(function, hints, bundles))
    call.__doc__ = function.__doc__
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call


def _parameters(
    function: Callable[..., int], hints: Mapping[str, Any], bundles: Mapping[str, Any]
) -> Iterator[Parameter]:
    for each in inspect.signature(function).parameters.values():
        if each.name in bundles:
            yield from _fields(bundles[each.name])
        else:
            yield each.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[each.name])


def _fields(kind: type[Any]) -> Iterator[Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        default: Any = Parameter.empty
        if field.default is not dataclasses.MISSING:
            default = field.default
        elif field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        annotation = hints[field.name]
        yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
