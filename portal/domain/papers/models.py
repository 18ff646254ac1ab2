"""The papers that were drawn up, who agreed to have them by the screen, and those to be posted.

A paper is written once. Triggers refuse to delete it or to change anything but its withdrawal, itself written once.
"""

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

from portal.db import DayField, Id, InstantField, MaybeId, Model, MonthField, one_of
from portal.domain.housing.models import Lease
from portal.domain.people.models import Staff, Tenant
from portal.domain.rents.models import LedgerEntry

NOTICE, RECEIPT, SLIP = "notice", "receipt", "slip"
KINDS = (NOTICE, RECEIPT, SLIP)


class Paper(Model):
    """An avis d’échéance, a quittance or a reçu, as it was given.

    `snapshot` is all it says (papers/content.py), `rank` its place among its kind in its year, without a hole; `code`
    is printed on it and signed with the key `key`. A slip belongs to an `entry`, the others to a `month`.
    """

    kind = TextField()
    year = IntegerField()
    rank = IntegerField()
    number = TextField(unique=True)
    lease = ForeignKeyField(Lease, backref="papers", index=False, on_delete="RESTRICT")
    month = MonthField(null=True)
    entry = ForeignKeyField(LedgerEntry, backref="papers", index=False, null=True, on_delete="RESTRICT")
    issued_at = InstantField()
    issued_on = DayField()
    snapshot = TextField()
    code = TextField(unique=True)
    key = IntegerField()
    withdrawn_at = InstantField(null=True)
    withdrawn_reason = TextField(default="")
    entry_id: MaybeId
    lease_id: Id
    posting: bool  # filled by queries.papers_of
    posted: bool  # filled by queries.paper_of

    class Meta:
        table_name = "paper"
        indexes = ((("kind", "year", "rank"), True), (("lease", "issued_on"), False))
        constraints = [
            one_of("kind", *KINDS),
            Check("rank > 0"),
            Check("(kind = 'slip') = (entry_id IS NOT NULL)"),
            Check("(kind = 'slip') = (month IS NULL)"),
            Check("month IS NULL OR length(month) = 7"),
            Check("(withdrawn_at IS NULL) = (withdrawn_reason = '')"),
        ]

    @property
    def stands(self) -> bool:
        """Whether the paper is valid: it was not withdrawn."""
        return self.withdrawn_at is None


# One valid paper of a kind for a month, one valid slip for a payment; withdrawn ones stay beside.
_STANDS = SQL("withdrawn_at IS NULL")
Paper.add_index(
    Paper.index(Paper.lease, Paper.kind, Paper.month, unique=True, where=_STANDS, name="paper_one_valid_a_month")
)
Paper.add_index(Paper.index(Paper.entry, unique=True, where=_STANDS, name="paper_one_valid_an_entry"))


class PaperDoubt(Model):
    """An entry that may make a paper false, noted by a trigger; none can be left at the end of a transaction.

    `unsettled` points to a paper that never exists, and is only looked at when the transaction ends: a transaction that
    has not settled its doubts (papers/doubts.py) cannot be kept.
    """

    entry = ForeignKeyField(LedgerEntry, on_delete="RESTRICT")
    lease = ForeignKeyField(Lease, on_delete="RESTRICT")
    unsettled = ForeignKeyField(Paper, index=False, on_delete="RESTRICT", deferrable="INITIALLY DEFERRED")
    lease_id: Id

    class Meta:
        table_name = "paper_doubt"


class PaperLetter(Model):
    """A paper a tenant asked to have by post; `duplicate` when an earlier letter brought the original."""

    paper = ForeignKeyField(Paper, backref="letters", on_delete="RESTRICT")
    tenant = ForeignKeyField(Tenant, backref="paper_letters", on_delete="RESTRICT")
    asked_at = InstantField()
    duplicate = IntegerField(default=0)
    printed_at = InstantField(null=True)
    tenant_id: Id

    class Meta:
        table_name = "paper_letter"
        constraints = [one_of("duplicate", 0, 1)]


class PaperlessConsent(Model):
    """One answer of a tenant to « quittances by the screen? » (law of 6 July 1989, art. 21); one only adds another."""

    tenant = ForeignKeyField(Tenant, backref="consents", on_delete="RESTRICT")
    agreed = IntegerField()
    text_version = TextField()
    said_at = InstantField()

    class Meta:
        table_name = "paperless_consent"
        constraints = [one_of("agreed", 0, 1)]


class NoticeBatch(Model):
    """The avis d’échéance of a month in one file: asked for by a member of staff, made by the worker.

    `building` is a building's code, or nothing for all of them. Asked for again, it is the same row.
    """

    month = MonthField()
    building = TextField(default="")
    staff = ForeignKeyField(Staff, backref="notice_batches", on_delete="RESTRICT")
    asked_at = InstantField()
    total = IntegerField()
    done = IntegerField(default=0)
    ready_at = InstantField(null=True)
    stopped_at = InstantField(null=True)

    class Meta:
        table_name = "notice_batch"
        indexes = ((("month", "building"), True),)
        constraints = [
            Check("length(month) = 7"),
            Check("total > 0 AND done BETWEEN 0 AND total"),
            Check("ready_at IS NULL OR (stopped_at IS NULL AND done = total)"),
        ]

    @property
    def under_way(self) -> bool:
        """Whether the worker makes the file, or is about to."""
        return self.ready_at is None and self.stopped_at is None
