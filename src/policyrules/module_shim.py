"""What stands for attrs in a written module: the same classes, made by the standard library."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, dataclass_transform

Made = TypeVar("Made")
evolve = dataclasses.replace


def field(
    *,
    default: Any = dataclasses.MISSING,  # noqa: ANN401 - as attrs has it
    factory: Any = dataclasses.MISSING,  # noqa: ANN401 - as attrs has it
    init: bool = True,
    eq: bool = True,
    repr: bool = True,  # noqa: A002 - as attrs has it
) -> Any:  # noqa: ANN401 - as attrs has it
    """A field of a class."""
    return dataclasses.field(
        default=default, default_factory=factory, init=init, compare=eq, repr=repr
    )


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    made: type[Made] | None = None,
    *,
    slots: bool = True,
    kw_only: bool = False,
    cache_hash: bool = False,
) -> Any:  # noqa: ANN401 - the class, or what makes one
    """A class whose objects never change."""
    del cache_hash  # a hash that is kept is only quicker

    def make(plain: type[Made]) -> type[Made]:
        return dataclasses.dataclass(frozen=True, slots=slots, kw_only=kw_only)(plain)

    return make if made is None else make(made)


@dataclass_transform(field_specifiers=(field,))
def define(made: type[Made]) -> type[Made]:
    """A class whose objects may change."""
    after = made.__dict__.get("__attrs_post_init__")
    if after is not None:
        type.__setattr__(made, "__post_init__", after)
    return dataclasses.dataclass(slots=True)(made)
