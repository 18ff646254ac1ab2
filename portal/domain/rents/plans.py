"""Repayment plans (plans d'apurement): an old debt spread over instalments, on top of the current rent."""

from collections.abc import Sequence
from datetime import date, datetime

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import NotAllowedError
from portal.domain.housing.models import Lease
from portal.domain.people.models import Staff
from portal.domain.rents import policy
from portal.domain.rents.allocation import Instalment
from portal.domain.rents.entries import note
from portal.domain.rents.errors import PlanError, ReferenceUsedError
from portal.domain.rents.models import RepaymentInstalment, RepaymentPlan
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day
from portal.kernel.money import in_euros

CARRIED_OUT = "mené à son terme"


def agree_plan(
    *, lease: Lease, instalments: Sequence[Instalment], once_key: str, at: datetime, staff: Staff
) -> RepaymentPlan:
    """Note a plan agreed today for all that is overdue today; the same key twice notes it once.

    The instalments are in order, each after today, and add up to the debt to the cent. A former plan that is wholly
    paid gives way. Raises PlanError, NotAllowedError, and ReferenceUsedError for the key of another lease.
    """
    if not policy.may_keep_accounts(staff):
        raise NotAllowedError
    today = paris_day(at)
    with db.atomic():
        noted = RepaymentPlan.get_or_none(RepaymentPlan.once_key == once_key)
        if noted:
            if noted.lease_id != lease.id:
                raise ReferenceUsedError
            return noted
        account = account_of(lease, on=today)
        if account.plan:
            raise PlanError("Un plan d’apurement est déjà en cours. Mettez-y fin avant d’en passer un autre.")
        _check(instalments, debt_cents=account.spreadable_cents, today=today)
        _close_finished(lease, today)
        plan = RepaymentPlan.create(lease=lease, once_key=once_key, agreed_on=today, recorded_at=at)
        for each in instalments:
            RepaymentInstalment.create(plan=plan, due_on=each.due_on, amount_cents=each.cents)
        note(audit.AGREED_PLAN, lease=lease, staff=staff, at=at, detail=f"plan/{plan.id}")
    return plan


def end_plan(*, lease: Lease, reason: str, at: datetime, staff: Staff) -> None:
    """End the plan that runs, with a reason: what is left of the debt is due now. Harmless when none runs.

    Raises NotAllowedError, or PlanError without a reason.
    """
    if not policy.may_keep_accounts(staff):
        raise NotAllowedError
    if not reason.strip():
        raise PlanError("Écrivez pourquoi le plan prend fin.")
    with db.atomic():
        ended = _end(lease, paris_day(at), reason.strip())
        if ended:
            note(audit.ENDED_PLAN, lease=lease, staff=staff, at=at, detail=reason.strip())


def _check(instalments: Sequence[Instalment], *, debt_cents: int, today: date) -> None:
    if not debt_cents:
        raise PlanError("Ce compte n’a pas de dette échue : il n’y a rien à étaler.")
    total = sum(each.cents for each in instalments)
    if total != debt_cents:
        raise PlanError(f"Les échéances font {in_euros(total)} et la dette {in_euros(debt_cents)} : corrigez-les.")
    days = [each.due_on for each in instalments]
    if any(each.cents <= 0 for each in instalments) or days != sorted(set(days)) or days[0] <= today:
        raise PlanError("Chaque échéance a un montant et un jour à venir, dans l’ordre.")


def _close_finished(lease: Lease, today: date) -> None:
    """A plan wholly paid was never ended by hand: it ends when another takes its place."""
    _end(lease, today, CARRIED_OUT)


def _end(lease: Lease, today: date, reason: str) -> int:
    running = (RepaymentPlan.lease == lease) & RepaymentPlan.ended_on.is_null()
    return RepaymentPlan.update(ended_on=today, end_reason=reason).where(running).execute()
