"""Load a lease's account for the Office: within reach, for the right role, and the look is traced."""

from flask import abort

from portal.db import noting
from portal.domain.audit import actions as audit
from portal.domain.dossiers import accounts
from portal.domain.dossiers.queries import LeaseLine
from portal.domain.rents import policy
from portal.domain.rents.models import LedgerEntry
from portal.web.access import the_staff
from portal.web.clock import now, today


def staff_account_or_404(number: str) -> LeaseLine:
    """Return a lease whose account this member of staff may read, and note the look; the wrong role is a 403."""
    line = accounts.lease_within_reach(number=number, staff=the_staff(), on=today()) or abort(404)
    if not policy.may_read_accounts(the_staff()):
        abort(403)
    with noting():
        audit.note_look(staff=the_staff(), tenants=line.holders, at=now())
    return line


def staff_account_to_keep_or_404(number: str) -> LeaseLine:
    """Return a lease on whose account this member of staff may write; the wrong role is a 403."""
    line = accounts.lease_within_reach(number=number, staff=the_staff(), on=today()) or abort(404)
    return line if policy.may_keep_accounts(the_staff()) else abort(403)


def staff_entry_to_undo_or_404(id: int) -> tuple[LedgerEntry, LeaseLine]:
    """Return an entry this member of staff may undo, and its lease; the wrong role is a 403."""
    found = accounts.entry_within_reach(id=id, staff=the_staff(), on=today()) or abort(404)
    return found if policy.may_keep_accounts(the_staff()) else abort(403)
