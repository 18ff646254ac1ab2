"""Load a tenant's file, if the signed-in member of staff may see it; loading leaves a trace the tenant can read."""

from flask import abort

from portal.db import noting
from portal.domain.audit import actions as audit
from portal.domain.people import policy, queries
from portal.domain.people.models import Staff, Tenant
from portal.web.access import the_staff
from portal.web.clock import now, today


def staff_tenant_or_404(number: str) -> Tenant:
    """Return the tenant of a number within the reach of this member of staff, and note the look."""
    tenant = queries.tenant_within_reach(number=number, staff=the_staff(), on=today())
    if tenant is None:
        abort(404)
    with noting():
        audit.note_look(staff=the_staff(), tenants=[tenant], at=now())
    return tenant


def staff_tenant_to_let_in_or_404(number: str) -> Tenant:
    """Return a tenant this member of staff may give an access to; the wrong role is a 403."""
    if not policy.may_give_access(the_staff()):
        abort(403)
    return staff_tenant_or_404(number)


def member_or_404(id: int) -> Staff:
    """Return a member of the Office's staff; the view says who may."""
    return queries.member_of(id=id) or abort(404)
