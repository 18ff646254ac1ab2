"""Read the trace."""

from portal.domain.audit.actions import SENTENCES
from portal.domain.audit.models import Trace
from portal.domain.people.models import Staff, Tenant

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
