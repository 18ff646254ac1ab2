"""Find tenants from what somebody types in the Office's one search box."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from peewee import JOIN, Expression, fn

from portal.db import db
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Residence
from portal.domain.people.models import Staff, Tenant
from portal.domain.people.queries import within_reach
from portal.kernel.references import compact_digits, comparable_name

PAGE = 20
WORDS_READ = 6
FEWEST_DIGITS = 6


@dataclass
class Found:
    """A tenant with their leases, the present one first."""

    tenant: Tenant
    leases: list[Lease] = field(default_factory=list)


@dataclass(frozen=True)
class Results:
    """One page of what was found."""

    found: list[Found]
    page: int
    more: bool


@db.func("searchable")
@lru_cache(maxsize=200_000)
def searchable(text: str) -> str:
    """Return a text as it is searched: each word without case, accents or punctuation, after one space."""
    return "".join(f" {flat}" for word in text.split() if (flat := comparable_name(word)))


def find_tenants(*, text: str, staff: Staff, on: date, page: int = 1) -> Results:
    """Return the tenants a member of staff may see whom a text names, 20 a page, by name.

    The text is a tenant's number, the number of a lease, a dwelling's reference (or its first digits), or words of
    a name, an address, a building or a residence, in any order.
    """
    words = searchable(text[:200]).split()[:WORDS_READ]
    if not words:
        return Results([], 1, False)
    condition = _numbered(text.strip()) | _named(words)
    tenants = list(
        Tenant.select(Tenant)
        .join(LeaseHolder, JOIN.LEFT_OUTER)
        .join(Lease, JOIN.LEFT_OUTER)
        .join(Dwelling, JOIN.LEFT_OUTER)
        .join(Building, JOIN.LEFT_OUTER)
        .join(Residence, JOIN.LEFT_OUTER)
        .where(condition, within_reach(staff=staff, on=on))
        .group_by(Tenant.id)
        .order_by(fn.searchable(Tenant.family_name), fn.searchable(Tenant.first_name), Tenant.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return Results(_with_leases(tenants[:PAGE]), page, len(tenants) > PAGE)


def _numbered(typed: str) -> Expression:
    """A number as it is printed, or without its spaces and dashes; the number of a lease may hold dashes of its own."""
    digits = compact_digits(typed)
    exact = (Tenant.number == digits) | (Dwelling.reference == digits) | Lease.number.in_((typed, digits))
    if digits.isascii() and digits.isdigit() and len(digits) >= FEWEST_DIGITS:
        return exact | (fn.substr(Dwelling.reference, 1, len(digits)) == digits)
    return exact


def _named(words: list[str]) -> Expression:
    """Each word begins a word of the name or of the address; names may be typed without their spaces."""
    name = Tenant.first_name.concat(" ").concat(Tenant.family_name).concat(" ").concat(Tenant.used_name)
    place = Building.address.concat(" ").concat(Building.name).concat(" ").concat(Residence.name)
    told = fn.searchable(name).concat(fn.coalesce(fn.searchable(fn.coalesce(place, "")), ""))
    condition = Tenant.id.is_null(False)
    for word in words:
        condition &= fn.instr(told, f" {word}") > 0
    whole = "".join(words)
    return condition | (fn.replace(fn.searchable(Tenant.family_name), " ", "") == whole)


def _with_leases(tenants: list[Tenant]) -> list[Found]:
    found = {tenant.id: Found(tenant) for tenant in tenants}
    holdings = (
        LeaseHolder.select(LeaseHolder, Lease, Dwelling, Building)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .where(LeaseHolder.tenant.in_(list(found)))
        .order_by(Lease.ends_on.is_null(False), Lease.starts_on.desc(), Lease.id)
    )
    for holding in holdings:
        found[holding.tenant_id].leases.append(holding.lease)
    return list(found.values())
