"""A réclamation being written: kept at each step, until it is sent or forgotten."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import Id, InstantField, MaybeId, Model, one_of
from portal.domain.claims.models import NATURES, PLACES, Claim
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Lease
from portal.domain.people.models import Tenant

ENTRIES = ("present", "absence")


class ClaimDraft(Model):
    """The réclamation a tenant has begun: one each, which becomes the claim in one transaction.

    An empty answer is a question still to ask; `advice_for` is the place and nature whose « who repairs what » was
    read, `same_for` those for which the open claims of the shared parts were seen. `version` grows with each answer.
    """

    tenant = ForeignKeyField(Tenant, backref="claim_drafts", unique=True, on_delete="RESTRICT")
    once_key = TextField(unique=True)
    version = IntegerField(default=0)
    begun_at = InstantField()
    saved_at = InstantField()
    lease = ForeignKeyField(Lease, null=True, on_delete="RESTRICT")
    place = TextField(default="")
    nature = TextField(default="")
    advice_for = TextField(default="")
    same_for = TextField(default="")
    description = TextField(default="")
    photos_done = IntegerField(default=0)
    entry = TextField(default="")
    home_when = TextField(default="")
    details_done = IntegerField(default=0)
    phone = TextField(default="")
    pets = TextField(default="")
    notes = TextField(default="")
    lease_id: MaybeId

    class Meta:
        table_name = "claim_draft"
        constraints = [
            one_of("place", "", *PLACES),
            one_of("nature", "", *NATURES),
            one_of("entry", "", *ENTRIES),
            Check("photos_done IN (0, 1) AND details_done IN (0, 1)"),
        ]
        indexes = ((("saved_at",), False),)


class DraftPhoto(Model):
    """A photo of a réclamation being written."""

    draft = ForeignKeyField(ClaimDraft, backref="photos", on_delete="RESTRICT")
    file = ForeignKeyField(StoredFile, unique=True, on_delete="RESTRICT")
    rank = IntegerField(default=0)
    file_id: Id

    class Meta:
        table_name = "draft_photo"


class VisitWishes(Model):
    """What the tenant said for a visit about a claim; `entry` is `present`, `absence`, or empty when nobody asked."""

    claim = ForeignKeyField(Claim, backref="wishes", unique=True, on_delete="RESTRICT")
    entry = TextField(default="")
    home_when = TextField(default="")
    phone = TextField(default="")
    pets = TextField(default="")
    notes = TextField(default="")

    class Meta:
        table_name = "visit_wishes"
        constraints = [one_of("entry", "", *ENTRIES)]
