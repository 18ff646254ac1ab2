"""Contractors, ordres de service and bons de travaux, and the visits they lead to."""

from datetime import datetime, time

from peewee import SQL, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from portal.db import DayField, InstantField, MaybeId, Model, one_of
from portal.domain.claims.models import Claim
from portal.domain.housing.models import Building, Dwelling
from portal.domain.people.models import Staff
from portal.kernel.clock import PARIS

# An ordre de service goes emis → notifie → en_cours → receptionne (avec ou sans réserves) → clos,
# a bon de travaux emis → rendez_vous → fait (or absent) → controle → facture; both may be annule.
SERVICE_ORDER_STATES = ("emis", "notifie", "en_cours", "receptionne", "receptionne_reserves", "clos", "annule")
WORK_ORDER_STATES = ("emis", "rendez_vous", "fait", "absent", "controle", "facture", "annule")


OUTCOMES = ("done", "no_access", "follow_on")
VISIT_STATES = ("proposed", "agreed", "moved", "kept", "missed", "cancelled")
LIVE = ("proposed", "agreed")


class Contractor(Model):
    """A company that works for the Office."""

    code = TextField(unique=True)
    name = TextField()
    siret = TextField(default="")
    phone = TextField(default="")
    trade = TextField(default="")

    class Meta:
        table_name = "contractor"


class Order(Model):
    """An ordre de service (`OS`) or a bon de travaux (`BT`), about one dwelling or the shared parts of one building.

    `remains` is read by the tenant; `instructions` are for the company alone. `issued_by` is null when it was imported.
    """

    number = TextField(unique=True)
    kind = TextField()
    issued_on = DayField()
    dwelling = ForeignKeyField(Dwelling, backref="orders", null=True, on_delete="RESTRICT")
    building = ForeignKeyField(Building, backref="orders", null=True, on_delete="RESTRICT")
    contractor = ForeignKeyField(Contractor, backref="orders", on_delete="RESTRICT")
    trade = TextField()
    subject = TextField()
    planned_on = DayField(null=True)
    slot = TextField(default="")
    execution_days = IntegerField(null=True)
    state = TextField()
    done_on = DayField(null=True)
    tenant_share_cents = IntegerField(null=True)
    claim = ForeignKeyField(Claim, backref="orders", null=True, on_delete="RESTRICT")
    issued_by = ForeignKeyField(Staff, backref="issued_orders", null=True, on_delete="RESTRICT")
    instructions = TextField(default="")
    outcome = TextField(default="")
    remains = TextField(default="")
    once_key = TextField(unique=True, null=True)
    claim_id: MaybeId
    dwelling_id: MaybeId

    class Meta:
        table_name = "works_order"
        constraints = [
            one_of("kind", "OS", "BT"),
            one_of("state", *sorted({*SERVICE_ORDER_STATES, *WORK_ORDER_STATES})),
            Check("(dwelling_id IS NULL) <> (building_id IS NULL)"),
            one_of("outcome", "", *OUTCOMES),
        ]


class OrderCounter(Model):
    """The last number of a kind given in a year."""

    kind = TextField()
    year = IntegerField()
    last = IntegerField()

    class Meta:
        table_name = "order_counter"
        constraints = [one_of("kind", "OS", "BT")]
        indexes = ((("kind", "year"), True),)


class Visit(Model):
    """Somebody comes on a day, between two times (« 08:00 » – « 10:00 », the time in France), for a claim or an order.

    A visit never changes its slot: another slot is another visit, and the first one is `moved`. At most one visit of
    a claim, or of an order, is still to come.
    """

    claim = ForeignKeyField(Claim, backref="visits", null=True, on_delete="RESTRICT")
    order = ForeignKeyField(Order, backref="visits", null=True, on_delete="RESTRICT")
    day = DayField()
    starts = TextField()
    ends = TextField()
    state = TextField(default="proposed")
    proposed_by = TextField(default="office")
    day_off_agreed = BooleanField(default=False)
    made_at = InstantField()
    changed_at = InstantField()
    once_key = TextField(unique=True, null=True)
    claim_id: MaybeId
    order_id: MaybeId

    class Meta:
        table_name = "visit"
        constraints = [
            one_of("state", *VISIT_STATES),
            one_of("proposed_by", "office", "tenant"),
            Check("starts < ends"),
            Check("claim_id IS NOT NULL OR order_id IS NOT NULL"),
        ]
        indexes = ((("state", "day"), False),)

    @property
    def starts_at(self) -> datetime:
        """The instant the slot begins."""
        return datetime.combine(self.day, time.fromisoformat(self.starts), PARIS)

    @property
    def ends_at(self) -> datetime:
        """The instant the slot ends: from then on one may say whether somebody came."""
        return datetime.combine(self.day, time.fromisoformat(self.ends), PARIS)


STILL_TO_COME = SQL("state IN ('proposed', 'agreed')")
Visit.add_index(Visit.claim, unique=True, where=STILL_TO_COME, name="visit_one_live_by_claim")
Visit.add_index(Visit.order, unique=True, where=STILL_TO_COME, name="visit_one_live_by_order")
