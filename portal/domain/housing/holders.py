"""Who is on which lease."""

from peewee import ForeignKeyField, IntegerField

from portal.db import Id, Model
from portal.domain.housing.models import Lease
from portal.domain.people.models import Tenant


class LeaseHolder(Model):
    """One tenant on one lease; `rank` 0 is the first named. All holders share the account."""

    lease = ForeignKeyField(Lease, backref="holders", on_delete="RESTRICT")
    tenant = ForeignKeyField(Tenant, backref="holdings", on_delete="RESTRICT")
    rank = IntegerField(default=0)
    lease_id: Id
    tenant_id: Id

    class Meta:
        table_name = "lease_holder"
        indexes = ((("lease", "tenant"), True),)
