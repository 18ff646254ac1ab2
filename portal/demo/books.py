"""What the Office's files cannot carry of the accounts, written with the verbs of the accountant.

Two repayment plans (one followed, one late), a remission, and repairs that one of the cast has to pay.
"""

from datetime import datetime, timedelta

from portal.demo.neighbourhood import Household
from portal.domain.housing.models import Lease
from portal.domain.people.models import Role, Staff
from portal.domain.rents import actions, corrections, plans
from portal.domain.rents.policy import even_instalments
from portal.domain.rents.queries import account_of, balances_of
from portal.kernel.clock import paris_day

AGREED_BEFORE = timedelta(days=62)
INSTALMENTS = 10
WORTH_A_PLAN = 30_000  # cents


def keep(homes: list[Household], hired: dict[str, Staff], at: datetime) -> None:
    """Write the plans, the remission and the repairs; the connection is in a transaction."""
    accountant, today = hired[Role.ACCOUNTANT], paris_day(at)
    leases = {home.lease.id: home.lease for home in homes if not home.role}
    owed = balances_of(leases.values(), on=today)
    most = sorted(leases.values(), key=lambda lease: (-owed[lease.id], lease.id))
    agreed_at = at - AGREED_BEFORE
    debtors = [each for each in most[:12] if _debt(each, agreed_at) >= WORTH_A_PLAN]
    for rank, lease in enumerate(debtors[:2]):
        _agree(lease, accountant, agreed_at)
        if rank == 0:
            _follow(lease, accountant, at)
    for lease in debtors[2:3]:
        _remit(lease, accountant, at - timedelta(days=9))
    for home in (each for each in homes if each.role == "in_arrears" and each.first):
        _charge(home.lease, accountant, at - timedelta(days=6))


def _debt(lease: Lease, at: datetime) -> int:
    return account_of(lease, on=paris_day(at)).spreadable_cents


def _agree(lease: Lease, accountant: Staff, at: datetime) -> None:
    first_on = (paris_day(at) + timedelta(days=28)).replace(day=15)
    parts = even_instalments(_debt(lease, at), count=INSTALMENTS, first_on=first_on)
    plans.agree_plan(lease=lease, instalments=parts, once_key=f"demo-{lease.number}", at=at, staff=accountant)


def _follow(lease: Lease, accountant: Staff, at: datetime) -> None:
    """Pay each instalment on its day, as the household says: for the oldest month of the plan."""
    today = paris_day(at)
    for step in account_of(lease, on=today).plan.steps:
        if step.due_on <= today and step.rest_cents:
            account = account_of(lease, on=step.due_on)
            spread = [term.month for term in account.open_terms if term.frozen_cents]
            actions.record_payment(
                lease=lease, reference=f"PLAN-{lease.number}-{step.due_on}", amount_cents=step.rest_cents,
                method="virement", value_on=step.due_on, at=at, staff=accountant, months=spread,
                words="échéance du plan",
            )  # fmt: skip


def _remit(lease: Lease, accountant: Staff, at: datetime) -> None:
    month = next(term.month for term in account_of(lease, on=paris_day(at)).terms if term.asked_cents > 5000)
    corrections.grant_remission(
        lease=lease, month=month, reference=f"DEMO-{lease.number}", amount_cents=3000,
        words="ascenseur à l’arrêt douze jours", at=at, staff=accountant,
    )  # fmt: skip


def _charge(lease: Lease, accountant: Staff, at: datetime) -> None:
    day = paris_day(at)
    corrections.adjust(
        lease=lease, kind="tenant_repairs", reference=f"DEMO-{lease.number}", amount_cents=4200,
        words="clé du hall remplacée", value_on=day, due_on=day + timedelta(days=30), at=at, staff=accountant,
    )  # fmt: skip
