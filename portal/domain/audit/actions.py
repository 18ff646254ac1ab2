"""Note who did or saw what. A note never holds what was read, nor a secret."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from peewee import Value, fn

from portal.domain.audit.models import Trace
from portal.domain.people.models import Staff, Tenant

# Each act as the tenant reads it on « Qui a consulté mon dossier »; the acts of the tenant are not shown there.
LOOKED_AT_FILE = "looked_at_file"
OPENED_ACCESS = "opened_access"
GAVE_ACCESS_AGAIN = "gave_access_again"
CLOSED_ACCESS = "closed_access"
RECORDED_PAYMENT = "recorded_payment"
REJECTED_PAYMENT = "rejected_payment"
REVERSED_ENTRY = "reversed_entry"
ADJUSTED_ACCOUNT = "adjusted_account"
GRANTED_REMISSION = "granted_remission"
REFUNDED = "refunded"
RETURNED_DEPOSIT = "returned_deposit"
AGREED_PLAN = "agreed_plan"
ENDED_PLAN = "ended_plan"
POSTED_MONTH = "posted_month"
SIGNED_IN = "signed_in"
SIGN_IN_REFUSED = "sign_in_refused"
CHANGED_PASSWORD = "changed_password"  # noqa: S105 (the name of an act)
CHANGED_CONTACT = "changed_contact"
ACTED_ON_CLAIM = "acted_on_claim"
PRINTED_LETTERS = "printed_letters"
GAVE_STAFF_PASSWORD = "gave_staff_password"  # noqa: S105 (the name of an act)
CLOSED_STAFF_ACCESS = "closed_staff_access"
SET_UP_SECOND_FACTOR = "set_up_second_factor"
FORGOT_SECOND_FACTOR = "forgot_second_factor"
ASKED_FOR_LINK = "asked_for_link"
IMPORTED_FILES = "imported_files"
SENTENCES = {
    LOOKED_AT_FILE: "A consulté votre dossier",
    OPENED_ACCESS: "A ouvert votre accès",
    GAVE_ACCESS_AGAIN: "Vous a donné un nouveau mot de passe",
    CLOSED_ACCESS: "A fermé votre accès",
    RECORDED_PAYMENT: "A enregistré un paiement sur votre compte",
    REJECTED_PAYMENT: "A noté le rejet d’un de vos paiements par la banque",
    REVERSED_ENTRY: "A annulé une écriture de votre compte",
    ADJUSTED_ACCOUNT: "A ajouté une écriture à votre compte",
    GRANTED_REMISSION: "Vous a accordé une remise",
    REFUNDED: "A noté un remboursement qui vous est fait",
    RETURNED_DEPOSIT: "A porté votre dépôt de garantie à votre compte",
    AGREED_PLAN: "A enregistré votre plan d’apurement",
    ENDED_PLAN: "A mis fin à votre plan d’apurement",
    ACTED_ON_CLAIM: "A traité votre réclamation",
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


def note_look(*, staff: Staff, tenants: Iterable[Tenant], at: datetime) -> None:
    """Write that a member of staff looked at what is of some tenants, in one statement however many they are.

    Going to and fro within 15 minutes is one look for each.
    """
    seen = Trace.select().where(
        Trace.tenant == Tenant.id, Trace.happened_at > at - SAME_LOOK, Trace.staff == staff, Trace.act == LOOKED_AT_FILE
    )
    looks = Tenant.select(
        Value(Trace.happened_at.db_value(at)), Value(LOOKED_AT_FILE), Value(staff.id), Tenant.id, Value("")
    ).where(Tenant.id.in_([each.id for each in tenants]), ~fn.EXISTS(seen))
    Trace.insert_from(looks, [Trace.happened_at, Trace.act, Trace.staff, Trace.tenant, Trace.detail]).execute()
