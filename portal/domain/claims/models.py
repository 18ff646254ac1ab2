"""Réclamations and what happened to them."""

from peewee import ForeignKeyField, IntegerField, TextField

from portal.db import InstantField, Model, one_of
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Lease, Lodge
from portal.domain.people.models import Staff, Tenant

STATES = (
    "deposee",
    "accusee",
    "en_cours",
    "intervention_planifiee",
    "intervention_realisee",
    "attente_locataire",
    "close",
    "refusee",
    "annulee",
    "rouverte",
)
PLACES = ("dwelling", "shared", "outside")
NATURES = (
    "plomberie",
    "electricite",
    "chauffage_eau_chaude",
    "ascenseur",
    "serrurerie_menuiserie",
    "humidite_infiltration",
    "nuisibles",
    "parties_communes_proprete",
    "eclairage_interphone_acces",
    "espaces_verts",
    "encombrants_dechets",
    "stationnement",
    "nuisances_voisinage",
    "securite_incivilites",
    "facturation_loyer_charges",
    "administratif",
    "travaux_adaptation",
    "decence",
    "autre",
)


class Claim(Model):
    """A réclamation of one lease, sent to its loge. `state` is the state of its last event, kept for the lists."""

    number = TextField(unique=True)
    lease = ForeignKeyField(Lease, backref="claims", on_delete="RESTRICT")
    filed_by = ForeignKeyField(Tenant, backref="claims", on_delete="RESTRICT")
    lodge = ForeignKeyField(Lodge, backref="claims", on_delete="RESTRICT")
    place = TextField()
    nature = TextField()
    description = TextField()
    filed_at = InstantField()
    state = TextField()
    changed_at = InstantField()
    once_key = TextField(unique=True)

    class Meta:
        table_name = "claim"
        constraints = [one_of("state", *STATES), one_of("place", *PLACES), one_of("nature", *NATURES)]
        indexes = ((("lease", "changed_at"), False),)


class ClaimEvent(Model):
    """One dated fact of a claim: a change of state, words of the tenant or of the Office.

    `public_words` is read by the tenant; `internal_words` never leaves the Office.
    """

    claim = ForeignKeyField(Claim, backref="events", on_delete="RESTRICT")
    happened_at = InstantField()
    state = TextField(default="")
    author = TextField()
    tenant = ForeignKeyField(Tenant, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    public_words = TextField(default="")
    internal_words = TextField(default="")
    once_key = TextField(unique=True, null=True)

    class Meta:
        table_name = "claim_event"
        constraints = [one_of("state", "", *STATES)]


class ClaimPhoto(Model):
    """A photo of a claim, with its rank."""

    claim = ForeignKeyField(Claim, backref="photos", on_delete="RESTRICT")
    event = ForeignKeyField(ClaimEvent, backref="photos", on_delete="RESTRICT")
    file = ForeignKeyField(StoredFile, unique=True, on_delete="RESTRICT")
    rank = IntegerField(default=0)

    class Meta:
        table_name = "claim_photo"


class ClaimCounter(Model):
    """The last claim number given in a year."""

    year = IntegerField(unique=True)
    last = IntegerField()

    class Meta:
        table_name = "claim_counter"
