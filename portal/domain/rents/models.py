"""Rent lines, posted terms and the account's entries. Amounts are cents; positive means the tenant owes."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import DayField, InstantField, Model, MonthField, one_of
from portal.domain.housing.models import Lease

ENTRY_KINDS = (
    "rent_call",
    "housing_benefit",
    "benefit_recall",
    "security_deposit",
    "payment_received",
    "rejected_payment",
    "reversal",
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

    class Meta:
        table_name = "term_line"
        indexes = ((("term", "nature", "label"), True),)


class LedgerEntry(Model):
    """One line of an account. Only ever inserted: triggers refuse to change or delete it.

    `business_key` says what the entry is in the Office's terms, so that writing it twice is impossible.
    """

    lease = ForeignKeyField(Lease, backref="entries", index=False, on_delete="RESTRICT")
    business_key = TextField(unique=True)
    kind = TextField()
    entered_on = DayField()
    value_on = DayField()
    month = MonthField(null=True)
    label = TextField()
    amount_cents = IntegerField()
    method = TextField(default="")
    reverses = ForeignKeyField("self", backref="reversals", null=True, on_delete="RESTRICT")
    recorded_at = InstantField()

    class Meta:
        table_name = "ledger_entry"
        indexes = ((("lease", "value_on"), False),)
        constraints = [
            Check("amount_cents <> 0"),
            one_of("kind", *ENTRY_KINDS),
            one_of("method", "", *METHODS),
            Check("month IS NULL OR length(month) = 7"),
        ]
