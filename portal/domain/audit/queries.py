"""Read the trace."""

from peewee import JOIN, fn

from portal.domain.audit.actions import SENTENCES, SIGNED_IN
from portal.domain.audit.models import Trace
from portal.domain.housing.models import Lodge
from portal.domain.people.models import Access, SecondFactor, Staff, Tenant

LOOKS_SHOWN = 100


def looks_at(*, tenant: Tenant, most: int = LOOKS_SHOWN) -> list[Trace]:
    """Return what the staff saw or did of a tenant's file, the latest first, with who."""
    return list(
        Trace.select(Trace, Staff)
        .join(Staff)
        .where(Trace.tenant == tenant, Trace.act.in_(list(SENTENCES)))
        .order_by(Trace.happened_at.desc(), Trace.id.desc())
        .limit(most)
    )


def team() -> list[Staff]:
    """Return the Office's people by name, each with the lodge, the `access` and `last_sign_in` (none if unknown).

    `telephone` says whether a second factor was set up.
    """
    last = Trace.select(fn.MAX(Trace.happened_at)).where(Trace.staff == Staff.id, Trace.act == SIGNED_IN)
    telephone = fn.EXISTS(SecondFactor.select().where(SecondFactor.access == Access.id))
    people = list(
        Staff.select(Staff, Lodge, Access, last.alias("last_sign_in"), telephone.alias("telephone"))
        .join(Lodge, JOIN.LEFT_OUTER)
        .join_from(Staff, Access, JOIN.LEFT_OUTER, attr="access")
        .order_by(Staff.name, Staff.id)
    )
    for one in people:
        one.last_sign_in = Trace.happened_at.python_value(one.last_sign_in)
    return people
