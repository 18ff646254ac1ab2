"""Réclamations and what happened to them."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import Id, InstantField, MaybeId, Model, Rows, one_of
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
OFFICE_SERVICES = ("loge", "gestion_locative", "technique", "comptabilite")
CHANNELS = ("portal", "phone", "counter", "letter")
PAYERS = ("a_determiner", "office", "locataire", "contrat_entretien", "assurance")
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
    """A réclamation of one lease, sent to its loge.

    Kept for the lists, and always what the events say: `state` (of the last event that has one), `since_at` (when it
    began), `moves` (how many there were: what a page has seen) and `due_at` (until when the Office or its company
    has the turn; null when no deadline runs).
    """

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
    service = TextField(default="loge")
    assigned_to = ForeignKeyField(Staff, backref="assigned_claims", null=True, on_delete="RESTRICT")
    channel = TextField(default="portal")
    taken_by = ForeignKeyField(Staff, backref="taken_claims", null=True, on_delete="RESTRICT")
    payer = TextField(default="a_determiner")
    merged_into = ForeignKeyField("self", backref="duplicates", null=True, on_delete="RESTRICT")
    moves = IntegerField(default=1)
    since_at = InstantField()
    due_at = InstantField(null=True)
    assigned_to_id: MaybeId
    filed_by_id: Id
    lease_id: Id
    events: Rows
    followers: Rows
    orders: Rows
    visits: Rows
    news: "ClaimEvent | None"  # filled by queries.claims_of
    follower: "ClaimFollower"  # filled by following.followed

    class Meta:
        table_name = "claim"
        constraints = [
            one_of("state", *STATES),
            one_of("place", *PLACES),
            one_of("nature", *NATURES),
            one_of("service", *OFFICE_SERVICES),
            one_of("channel", *CHANNELS),
            one_of("payer", *PAYERS),
        ]
        indexes = ((("lease", "changed_at"), False), (("state", "due_at"), False))


class ClaimEvent(Model):
    """One dated fact of a claim: a change of state, words of the tenant or of the Office.

    `public_words` is read by the tenant; `internal_words` never leaves the Office. `verb` is the move (moves.py) and
    `told` the sentence that told it that day, in the portal's words.
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
    verb = TextField(default="")
    told = TextField(default="")
    claim_id: Id
    tenant_id: MaybeId

    class Meta:
        table_name = "claim_event"
        constraints = [one_of("state", "", *STATES)]


class ClaimPhoto(Model):
    """A photo of a claim, with its rank."""

    claim = ForeignKeyField(Claim, backref="photos", on_delete="RESTRICT")
    event = ForeignKeyField(ClaimEvent, backref="photos", on_delete="RESTRICT")
    file = ForeignKeyField(StoredFile, unique=True, on_delete="RESTRICT")
    rank = IntegerField(default=0)
    event_id: Id

    class Meta:
        table_name = "claim_photo"


class ClaimFollower(Model):
    """A neighbour who has the same problem in the shared parts and follows this claim instead of filing again."""

    claim = ForeignKeyField(Claim, backref="followers", on_delete="RESTRICT")
    tenant = ForeignKeyField(Tenant, backref="followed", on_delete="RESTRICT")
    began_at = InstantField()
    ended_at = InstantField(null=True)

    class Meta:
        table_name = "claim_follower"
        indexes = ((("claim", "tenant"), True),)


class ClaimRating(Model):
    """How satisfied the tenant was once it was over: one to five stars, and a comment if they like."""

    claim = ForeignKeyField(Claim, backref="ratings", unique=True, on_delete="RESTRICT")
    tenant = ForeignKeyField(Tenant, backref="ratings", on_delete="RESTRICT")
    stars = IntegerField()
    comment = TextField(default="")
    rated_at = InstantField()

    class Meta:
        table_name = "claim_rating"
        constraints = [Check("stars BETWEEN 1 AND 5")]


class ClaimCounter(Model):
    """The last claim number given in a year."""

    year = IntegerField(unique=True)
    last = IntegerField()

    class Meta:
        table_name = "claim_counter"
