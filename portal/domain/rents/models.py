"""Rent lines, posted terms, the account's entries, the repayment plans.

Amounts are cents; positive means the tenant owes.
"""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import DayField, Id, InstantField, MaybeId, Model, MonthField, one_of
from portal.domain.housing.models import Lease

ENTRY_KINDS = (
    "rent_call",
    "housing_benefit",
    "benefit_recall",
    "security_deposit",
    "payment_received",
    "rejected_payment",
    "reversal",
    "charge_adjustment",
    "remission",
    "refund",
    "deposit_return",
    "tenant_repairs",
    "court_costs",
)
METHODS = ("virement", "prelevement", "cheque", "especes", "carte", "tip", "caf")


class RentLine(Model):
    """A line of a lease's rent in force between two days: what a month will be made of."""

    lease = ForeignKeyField(Lease, backref="rent_lines", on_delete="RESTRICT")
    nature = TextField()
    label = TextField()
    starts_on = DayField()
    ends_on = DayField(null=True)
    amount_cents = IntegerField()

    class Meta:
        table_name = "rent_line"
        indexes = ((("lease", "nature", "label", "starts_on"), True),)


class RentTerm(Model):
    """One month of rent asked of one lease."""

    lease = ForeignKeyField(Lease, backref="terms", index=False, on_delete="RESTRICT")
    month = MonthField()
    issued_on = DayField()
    due_on = DayField()
    lease_id: Id

    class Meta:
        table_name = "rent_term"
        indexes = ((("lease", "month"), True),)
        constraints = [Check("length(month) = 7")]


class TermLine(Model):
    """One component of a posted term, in the order of the notice."""

    term = ForeignKeyField(RentTerm, backref="lines", index=False, on_delete="RESTRICT")
    nature = TextField()
    label = TextField()
    amount_cents = IntegerField()
    term_id: Id

    class Meta:
        table_name = "term_line"
        indexes = ((("term", "nature", "label"), True),)


class LedgerEntry(Model):
    """One line of an account. Only ever inserted: triggers refuse to change or delete it.

    `business_key` says what the entry is in the Office's terms, so that writing it twice is impossible.
    `month` is the term it belongs to, or the one the tenant chose to pay; `due_on` the day a debt outside the terms
    is to be paid. An entry is undone once, whole (a trigger compares the amounts).
    """

    lease = ForeignKeyField(Lease, backref="entries", index=False, on_delete="RESTRICT")
    business_key = TextField(unique=True)
    kind = TextField()
    entered_on = DayField()
    value_on = DayField()
    due_on = DayField(null=True)
    month = MonthField(null=True)
    label = TextField()
    amount_cents = IntegerField()
    method = TextField(default="")
    reverses = ForeignKeyField("self", backref="reversals", null=True, unique=True, on_delete="RESTRICT")
    recorded_at = InstantField()
    lease_id: Id
    reverses_id: MaybeId

    class Meta:
        table_name = "ledger_entry"
        indexes = ((("lease", "value_on"), False),)
        constraints = [
            Check("amount_cents <> 0"),
            one_of("kind", *ENTRY_KINDS),
            Check("kind NOT IN ('payment_received', 'remission', 'deposit_return') OR amount_cents < 0"),
            Check("kind NOT IN ('rejected_payment', 'refund', 'tenant_repairs', 'court_costs') OR amount_cents > 0"),
            Check("(kind IN ('rejected_payment', 'reversal')) = (reverses_id IS NOT NULL)"),
            Check("kind <> 'remission' OR month IS NOT NULL"),
            one_of("method", "", *METHODS),
            Check("month IS NULL OR length(month) = 7"),
        ]


class LedgerChoice(Model):
    """One of the several terms a tenant chose to pay, in order (Code civil, art. 1342-10); one alone is `month`."""

    entry = ForeignKeyField(LedgerEntry, backref="choices", index=False, on_delete="RESTRICT")
    month = MonthField()
    rank = IntegerField()

    class Meta:
        table_name = "ledger_choice"
        indexes = ((("entry", "month"), True), (("entry", "rank"), True))
        constraints = [Check("length(month) = 7")]


class RepaymentPlan(Model):
    """A written agreement to pay an old debt by instalments. It never changes; it is ended, once, with a reason."""

    lease = ForeignKeyField(Lease, backref="plans", on_delete="RESTRICT")
    once_key = TextField(unique=True)
    agreed_on = DayField()
    ended_on = DayField(null=True)
    end_reason = TextField(default="")
    recorded_at = InstantField()
    lease_id: Id

    class Meta:
        table_name = "repayment_plan"
        constraints = [
            Check("(ended_on IS NULL) = (end_reason = '')"),
            Check("ended_on IS NULL OR ended_on >= agreed_on"),
        ]


RepaymentPlan.add_index(
    RepaymentPlan.lease, unique=True, where=RepaymentPlan.ended_on.is_null(), name="repayment_plan_running"
)


class RepaymentInstalment(Model):
    """One part of a plan and the day it falls due; whether it is paid follows from the entries."""

    plan = ForeignKeyField(RepaymentPlan, backref="instalments", index=False, on_delete="RESTRICT")
    due_on = DayField()
    amount_cents = IntegerField()

    class Meta:
        table_name = "repayment_instalment"
        indexes = ((("plan", "due_on"), True),)
        constraints = [Check("amount_cents > 0")]
