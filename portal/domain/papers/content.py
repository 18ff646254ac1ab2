"""What a paper says, whole: nothing on it comes from elsewhere, so that a paper given once never changes.

These values are kept as JSON. A field may be added with a default; none may be taken away or change its meaning.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from portal.kernel.periods import Month

LINE_WIDTH, CAPITAL = 52, 1.25  # what 85 mm hold of the smallest letters; a capital is wider
LARGE_LINES, MIDDLE_LINES, WINDOW_LINES = 6, 8, 10


@dataclass(frozen=True)
class Issuer:
    """The Office, as it signs the paper."""

    legal_name: str
    address: str
    postcode: str
    city: str
    phone: str = ""
    siret: str = ""


@dataclass(frozen=True)
class Recipient:
    """Who is on the lease, and where: the lines of the envelope, and the facts that name the account."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    address: tuple[str, ...]
    dwelling_reference: str
    lease_number: str
    dwelling: str = ""

    @property
    def envelope(self) -> tuple[str, ...]:
        """The lines a window envelope shows; too many names for it are named on the paper and not outside."""
        every = (*self.names, *self.address)
        return every if _height(every) <= WINDOW_LINES else (*self.names[:1], "et les autres titulaires", *self.address)

    @property
    def envelope_size(self) -> str:
        """How small the lines must be to stand in the window: "", "long" or "longest"."""
        height = _height(self.envelope)
        return "" if height <= LARGE_LINES else "long" if height <= MIDDLE_LINES else "longest"


@dataclass(frozen=True)
class Group:
    """Lines of a term under one title, and their sum in cents."""

    title: str
    subtotal_title: str
    lines: tuple[tuple[str, int], ...]

    @property
    def subtotal_cents(self) -> int:
        """The sum of the lines."""
        return sum(cents for _, cents in self.lines)


@dataclass(frozen=True)
class Settlement:
    """A sum that paid a term: its day, its means in words, its cents, and the entry of the account it comes from."""

    on: date
    means: str
    cents: int
    entry: int = 0


@dataclass(frozen=True)
class Portion:
    """The part of a payment that went to a month, or to a debt apart (its label), and what is left to pay of it."""

    month: Month | None
    cents: int
    rest_cents: int
    label: str = ""


@dataclass(frozen=True)
class Older:
    """What was still due on older months."""

    cents: int = 0
    months: int = 0


@dataclass(frozen=True)
class Content:
    """All that one paper says. A quittance, an avis and a reçu each fill what concerns them; amounts are cents."""

    kind: str
    number: str
    issued_on: date
    issuer: Issuer
    recipient: Recipient
    verify_url: str
    amount_cents: int
    in_words: str
    month: Month | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    groups: tuple[Group, ...] = ()
    total_cents: int = 0
    benefit_cents: int = 0
    tenant_cents: int = 0
    settlements: tuple[Settlement, ...] = ()
    is_conditional: bool = False
    older: Older = Older()
    due_on: date | None = None
    called_on: date | None = None
    in_arrears: bool = True
    previous_cents: int = 0
    maximum_rent_cents: int | None = None
    portions: tuple[Portion, ...] = ()
    waiting_cents: int = 0

    @property
    def site(self) -> str:
        """The address of the tenants' space."""
        return self.verify_url.rpartition("/")[0]

    @property
    def entries(self) -> set[int]:
        """The entries of the account this paper rests on."""
        return {settlement.entry for settlement in self.settlements}

    def dumped(self) -> str:
        """Return the paper as JSON, always the same for the same paper."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Content:
    """Return the paper that was kept as JSON."""
    return _read(Content, json.loads(text))


def _height(lines: tuple[str, ...]) -> int:
    """Return how many lines of the window some lines take, the long ones being cut."""
    widths = (sum(CAPITAL if letter.isupper() else 1 for letter in line) for line in lines)
    return sum(1 + int(width // LINE_WIDTH) for width in widths)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _read(kind: Any, value: Any) -> Any:
    """Give a value read from JSON its type back."""
    if isinstance(kind, UnionType):
        kind = get_args(kind)[0]
    if value is None or kind in (int, str, bool):
        return value
    if get_origin(kind) is tuple:
        inside = get_args(kind)
        kinds = inside if inside[-1] is not Ellipsis else inside[:1] * len(value)
        return tuple(_read(each, part) for each, part in zip(kinds, value, strict=True))
    if kind is date:
        return date.fromisoformat(value)
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], each) for name, each in value.items() if name in hints})
