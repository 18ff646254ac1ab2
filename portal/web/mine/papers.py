"""Load the signed-in tenant's papers and payments: theirs, or a 404."""

from flask import abort

from portal.domain.housing.models import Lease
from portal.domain.housing.queries import leases_of
from portal.domain.papers import consents, queries
from portal.domain.papers.models import Paper
from portal.domain.rents.models import LedgerEntry
from portal.web.access import the_tenant


def my_paper_or_404(number: str) -> Paper:
    """Return a paper of one of the tenant's leases, withdrawn or not; a quittance, to who agreed to read it here."""
    paper = queries.paper_of(tenant=the_tenant(), number=number) or abort(404)
    return paper if consents.consents_of(tenant=the_tenant()).may_read(paper) else abort(404)


def my_entry_or_404(entry_id: int) -> tuple[Lease, LedgerEntry]:
    """Return an entry of one of the tenant's accounts, and its lease."""
    entry = queries.entry_of(tenant=the_tenant(), entry=entry_id) or abort(404)
    lease = next(lease for lease in leases_of(tenant=the_tenant()) if lease.id == entry.lease_id)
    return lease, entry
