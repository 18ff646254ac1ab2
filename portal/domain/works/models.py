"""Contractors, ordres de service and bons de travaux."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import DayField, Model, one_of
from portal.domain.claims.models import Claim
from portal.domain.housing.models import Building, Dwelling

# An ordre de service goes emis → notifie → en_cours → receptionne (avec ou sans réserves) → clos,
# a bon de travaux emis → rendez_vous → fait (or absent) → controle → facture; both may be annule.
SERVICE_ORDER_STATES = ("emis", "notifie", "en_cours", "receptionne", "receptionne_reserves", "clos", "annule")
WORK_ORDER_STATES = ("emis", "rendez_vous", "fait", "absent", "controle", "facture", "annule")


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
    """An ordre de service (`OS`) or a bon de travaux (`BT`), about one dwelling or the shared parts of one building."""

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

    class Meta:
        table_name = "works_order"
        constraints = [
            one_of("kind", "OS", "BT"),
            one_of("state", *sorted({*SERVICE_ORDER_STATES, *WORK_ORDER_STATES})),
            Check("(dwelling_id IS NULL) <> (building_id IS NULL)"),
        ]
