"""What the Office's files cannot carry of the accounts, written with the verbs of the accountant.

Two repayment plans (one followed, one late), a remission, and repairs that one of the cast has to pay.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from peewee import fn

from portal.demo.neighbourhood import Household
from portal.domain.housing.models import Lease
from portal.domain.people.models import Role, Staff
from portal.domain.rents import actions, corrections, plans
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.policy import even_instalments
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day

AGREED_BEFORE = timedelta(days=62)
INSTALMENTS = 10
WORTH_A_PLAN = 30_000  # cents


def keep(homes: list[Household], hired: dict[str, Staff], at: datetime) -> list[str]:
    """Write the plans, the remission and the repairs; the connection is in a transaction.

    Return what the accounts are too short for.
    """
    accountant, today = hired[Role.ACCOUNTANT], paris_day(at)
    agreed_at = at - AGREED_BEFORE
    most = islice(_by_debt(homes, today), 12)
    debtors = [home.lease for home in most if _debt(home.lease, agreed_at) >= WORTH_A_PLAN]
    for rank, lease in enumerate(debtors[:2]):
        _agree(lease, accountant, agreed_at)
        if rank == 0:
            _follow(lease, accountant, at)
    remitted = any(_remit(lease, accountant, at - timedelta(days=9)) for lease in debtors[2:])  # one, the first it can
    late = next(home for home in homes if home.role == "in_arrears" and home.first)
    told = {
        "deux plans d’apurement": len(debtors) >= 2,
        "une remise": remitted,
        f"le loyer en retard de {late.tenant.full_name}": account_of(late.lease, on=today).overdue_cents > 0,
        f"le prélèvement rejeté de {late.tenant.full_name}": _has_rejection(late.lease),
    }
    _charge(late.lease, accountant, at - timedelta(days=6))
    return [words for words, is_told in told.items() if not is_told]


def _has_rejection(lease: Lease) -> bool:
    return LedgerEntry.select().where(LedgerEntry.lease == lease, LedgerEntry.kind == "rejected_payment").exists()


def _by_debt(homes: list[Household], today: date) -> Iterator[Household]:
    """The households but the cast, those that owe most first."""
    by_lease = {home.lease_id: home for home in homes if home.first and not home.role}
    owed = fn.SUM(LedgerEntry.amount_cents)
    rows = LedgerEntry.select(LedgerEntry.lease).where(LedgerEntry.value_on <= today).group_by(LedgerEntry.lease)
    for (lease,) in rows.order_by(owed.desc(), LedgerEntry.lease).tuples().iterator():
        if lease in by_lease:
            yield by_lease[lease]


def _debt(lease: Lease, at: datetime) -> int:
    return account_of(lease, on=paris_day(at)).spreadable_cents


def _agree(lease: Lease, accountant: Staff, at: datetime) -> None:
    first_on = (paris_day(at) + timedelta(days=28)).replace(day=15)
    parts = even_instalments(_debt(lease, at), count=INSTALMENTS, first_on=first_on)
    plans.agree_plan(lease=lease, instalments=parts, once_key=f"demo-{lease.number}", at=at, staff=accountant)


def _follow(lease: Lease, accountant: Staff, at: datetime) -> None:
    """Pay on the day of each instalment what it then asks, as the household says: for the months the plan spreads."""
    today = paris_day(at)
    plan = account_of(lease, on=today).plan
    for day in (step.due_on for step in (plan.steps if plan else []) if step.due_on <= today):
        account = account_of(lease, on=day)
        if account.plan_due_cents:
            actions.record_payment(
                lease=lease,
                reference=f"PLAN-{lease.number}-{day}",
                amount_cents=account.plan_due_cents,
                method="virement",
                value_on=day,
                at=at,
                staff=accountant,
                words="échéance du plan",
                months=[term.month for term in account.open_terms if term.frozen_cents],
            )


def _remit(lease: Lease, accountant: Staff, at: datetime) -> bool:
    terms = account_of(lease, on=paris_day(at)).terms
    month = next((term.month for term in terms if term.asked_cents > 5000), None)
    if month:
        corrections.grant_remission(
            lease=lease,
            month=month,
            reference=f"DEMO-{lease.number}",
            amount_cents=3000,
            words="ascenseur à l’arrêt douze jours",
            at=at,
            staff=accountant,
        )
    return bool(month)


def _charge(lease: Lease, accountant: Staff, at: datetime) -> None:
    day = paris_day(at)
    corrections.adjust(
        lease=lease,
        kind="tenant_repairs",
        reference=f"DEMO-{lease.number}",
        amount_cents=4200,
        words="clé du hall remplacée",
        value_on=day,
        due_on=day + timedelta(days=30),
        at=at,
        staff=accountant,
    )
