"""Note who did or saw what. A note never holds what was read, nor a secret."""

from datetime import datetime, timedelta

from peewee import Select, Value, fn

from portal.domain.audit.models import Trace
from portal.domain.people.models import Staff, Tenant

# Each act as the tenant reads it on « Qui a consulté mon dossier »; the acts of the tenant are not shown there.
LOOKED_AT_FILE = "looked_at_file"
OPENED_ACCESS = "opened_access"
GAVE_ACCESS_AGAIN = "gave_access_again"
CLOSED_ACCESS = "closed_access"
SIGNED_IN = "signed_in"
SIGN_IN_REFUSED = "sign_in_refused"
CHANGED_PASSWORD = "changed_password"  # noqa: S105 (the name of an act)
CHANGED_CONTACT = "changed_contact"
SENTENCES = {
    LOOKED_AT_FILE: "A consulté votre dossier",
    OPENED_ACCESS: "A ouvert votre accès",
    GAVE_ACCESS_AGAIN: "Vous a donné un nouveau mot de passe",
    CLOSED_ACCESS: "A fermé votre accès",
}
SAME_LOOK = timedelta(minutes=15)


def note(
    *,
    act: str,
    at: datetime,
    staff: Staff | None = None,
    tenant: Tenant | None = None,
    by_tenant: Tenant | None = None,
    detail: str = "",
) -> None:
    """Write one line of the trace; the caller's transaction holds it together with the act."""
    Trace.create(happened_at=at, act=act, staff=staff, tenant=tenant, by_tenant=by_tenant, detail=detail)


def note_look(*, staff: Staff, tenant: Tenant, at: datetime) -> None:
    """Write that a member of staff looked at a tenant's file; going to and fro within 15 minutes is one look."""
    seen = Trace.select().where(
        Trace.tenant == tenant, Trace.happened_at > at - SAME_LOOK, Trace.staff == staff, Trace.act == LOOKED_AT_FILE
    )
    values = (at, LOOKED_AT_FILE, staff.id, tenant.id, "")
    fields = (Trace.happened_at, Trace.act, Trace.staff, Trace.tenant, Trace.detail)
    row = [Value(each.db_value(value)) for each, value in zip(fields, values, strict=True)]
    Trace.insert_from(Select(None, row).where(~fn.EXISTS(seen)), fields).execute()
