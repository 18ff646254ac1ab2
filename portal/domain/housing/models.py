"""The stock: lodges, residences, buildings, dwellings, and the leases that hold the accounts."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import DayField, Id, MaybeId, Model, one_of


class Lodge(Model):
    """A caretaker's lodge, the tenants' first contact. While it is closed, its stand-in answers for it.

    `closed_from` without `closed_until`: closed until further notice.
    """

    code = TextField(unique=True)
    name = TextField()
    address = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    hours = TextField(default="")
    stand_in = ForeignKeyField("self", backref="stood_in_for", null=True, on_delete="RESTRICT")
    closed_from = DayField(null=True)
    closed_until = DayField(null=True)
    stand_in_id: MaybeId

    class Meta:
        table_name = "lodge"
        constraints = [Check("closed_until IS NULL OR closed_from <= closed_until")]


class Residence(Model):
    """A group of buildings served by one lodge."""

    code = TextField(unique=True)
    name = TextField()
    lodge = ForeignKeyField(Lodge, backref="residences", on_delete="RESTRICT")
    lodge_id: Id

    class Meta:
        table_name = "residence"


class Building(Model):
    """A building and its postal address."""

    code = TextField(unique=True)
    residence = ForeignKeyField(Residence, backref="buildings", on_delete="RESTRICT")
    name = TextField()
    address = TextField()
    postcode = TextField()
    city = TextField()
    residence_id: Id

    class Meta:
        table_name = "building"


class Dwelling(Model):
    """A dwelling (or a parking space let on its own). Areas are in hundredths of a square metre, rents in cents."""

    reference = TextField(unique=True)
    building = ForeignKeyField(Building, backref="dwellings", on_delete="RESTRICT")
    stair = TextField(default="")
    floor = TextField(default="")
    door = TextField(default="")
    kind = TextField(default="")
    area_centi_m2 = IntegerField(null=True)
    built_in = IntegerField(null=True)
    energy_class = TextField(default="")
    climate_class = TextField(default="")
    maximum_rent_cents = IntegerField(null=True)

    class Meta:
        table_name = "dwelling"


class Lease(Model):
    """The contract between the Office and its holders; it holds the account.

    `term_mode` is `in_arrears` (à terme échu) or `in_advance` (à échoir); `due_day` the day of the month it is due.
    """

    number = TextField(unique=True)
    dwelling = ForeignKeyField(Dwelling, backref="leases", on_delete="RESTRICT")
    starts_on = DayField()
    ends_on = DayField(null=True)
    term_mode = TextField(default="in_arrears")
    due_day = IntegerField(default=10)

    class Meta:
        table_name = "lease"
        constraints = [
            one_of("term_mode", "in_arrears", "in_advance"),
            Check("due_day BETWEEN 1 AND 31"),
            Check("ends_on IS NULL OR ends_on >= starts_on"),
        ]
