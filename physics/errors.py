"""Errors that carry the value, the limit it broke and the remedy."""

_LONGEST = 80


class PhysicsError(ValueError):
    """A quantity that no physical state can have; the base of all errors raised here.

    >>> str(OutOfDomainError("B_T", -1.0, "be >= 0", "give the magnitude"))
    'B_T = -1.0 must be >= 0; give the magnitude'
    """

    def __init__(self, name: str, value: object, limit: str, remedy: str) -> None:
        """Store the parts; ``limit`` completes the sentence "<name> must ..."."""
        super().__init__(name, value, limit, remedy)
        self.name, self.value, self.limit, self.remedy = name, value, limit, remedy

    def __str__(self) -> str:
        """One line: name, value, limit, remedy."""
        value = " ".join(str(self.value).split())
        shown = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
        return f"{self.name} = {shown} must {self.limit}; {self.remedy}"


class NotANumberError(PhysicsError):
    """NaN, or something that is not a number at all."""


class OutOfDomainError(PhysicsError):
    """A number outside the range in which the quantity is defined."""


class ImpossibleStateError(PhysicsError):
    """Numbers that are fine one by one, but together describe no state."""
