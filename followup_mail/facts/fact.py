"""The base of every table of facts: fields that are read and checked, all problems at once, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, dataclass_transform

from followup_mail.facts.gates import Gate, gate_of, placed
from followup_mail.facts.unfit_values import Finding, UnfitFactsError


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Fact:
    """A table of facts: frozen, nothing unknown, no silent conversion of one type into another.

    Whoever makes one, from a file or by name, passes the same gates: ``UnfitFactsError`` has everything that is wrong.
    What stands below a field is its meaning, which ``schema`` reads for editors. A subclass is an ordinary class and
    not a ``dataclass``: nothing is generated, so that it costs a short command next to nothing.
    """

    __slots__ = ("__dict__", "_given")

    fields: ClassVar[Mapping[str, Gate]] = {}
    """The gate of each field, in order."""
    _given: frozenset[str]
    _defaults: ClassVar[Mapping[str, Any]] = {}
    _looked_at_again: ClassVar[frozenset[str]] = frozenset()
    """Fields that ``_look_again`` sees."""
    _never_left_out: ClassVar[frozenset[str]] = frozenset()
    """Fields whose default is checked like a value."""

    def __init_subclass__(cls) -> None:
        kinds = {name: kind for name, kind in cls.__annotations__.items() if name not in Fact.__annotations__}
        cls.fields = {name: gate_of(kind) for name, kind in kinds.items()}
        cls._defaults = {name: vars(cls)[name] for name in kinds if name in vars(cls)}

    def __init__(self, /, **given: Any) -> None:
        """Raise ``UnfitFactsError`` with everything that is wrong with the values ``given``."""
        given = self._prepare(given)
        self.__dict__.update(self._read_fields(given))
        object.__setattr__(self, "_given", frozenset(given))
        self._finish()

    @classmethod
    def read(cls, given: object) -> Self:
        """Return the facts of a table, or the facts themselves. Raises ``UnfitFactsError``."""
        if isinstance(given, cls):
            return given
        if not isinstance(given, dict):
            raise UnfitFactsError([Finding((), "shape", given)])
        return cls(**given)

    @classmethod
    def is_required(cls, name: str) -> bool:
        """Return whether a field must be given."""
        return name not in cls._defaults

    @classmethod
    def default_of(cls, name: str) -> Any:
        """Return what a field is when it is not given; None for one that must be."""
        return cls._defaults.get(name)

    @property
    def given(self) -> frozenset[str]:
        """The names of the fields that were given; the others have their defaults."""
        return self._given

    def copy_with(self, **changes: Any) -> Self:
        """Return the same with other values, which are not checked again."""
        copied = type(self).__new__(type(self))
        copied.__dict__.update(self.__dict__, **changes)
        object.__setattr__(copied, "_given", self._given | changes.keys())
        return copied

    @classmethod
    def _read_fields(cls, given: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        for name, gate in cls.fields.items():
            if name in given or name in cls._never_left_out:
                raw = given.get(name)
                try:
                    value = gate.read(raw)
                    values[name] = cls._look_again(name, value, values) if name in cls._looked_at_again else value
                except ValueError as error:
                    findings += placed(error, name, raw)
            elif name not in cls._defaults:
                findings.append(Finding((name,), "missing", given))
            else:
                values[name] = cls._defaults[name]
        findings += (Finding((name,), "unknown", given[name]) for name in given if name not in cls.fields)
        if findings:
            raise UnfitFactsError(findings)
        return values

    @classmethod
    def _prepare(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Return what is given, before anything is read."""
        return given

    @classmethod
    def _look_again(cls, name: str, value: Any, known: Mapping[str, Any]) -> Any:
        """Return a value that passed its gate, seen together with those ``known`` before it. May raise."""
        del name, known
        return value

    def _finish(self) -> None:
        """Set what follows from all fields together, in ``__dict__``: afterwards nothing changes any more."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be removed")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"
