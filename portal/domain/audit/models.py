"""The trace: who did or saw what."""

from peewee import ForeignKeyField, TextField

from portal.db import InstantField, Model
from portal.domain.people.models import Staff, Tenant


class Trace(Model):
    """One act or one look. `act` is a name of the list in audit/actions.py; never holds what was read or a secret."""

    happened_at = InstantField()
    act = TextField()
    staff = ForeignKeyField(Staff, backref="traces", null=True, on_delete="RESTRICT")
    tenant = ForeignKeyField(Tenant, backref="traces", null=True, on_delete="RESTRICT")
    by_tenant = ForeignKeyField(Tenant, backref="own_traces", null=True, on_delete="RESTRICT")
    detail = TextField(default="")

    class Meta:
        table_name = "trace"
        indexes = ((("tenant", "happened_at"), False),)
