"""Threads between the Office and a tenant, notices to many, and the mails that wait to leave."""

from datetime import date

from peewee import ForeignKeyField, IntegerField, TextField

from portal.db import DayField, Id, InstantField, Model, one_of
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Building
from portal.domain.people.models import Staff, Tenant


class Notice(Model):
    """One message written to many tenants; an urgent one is a banner until its end day."""

    subject = TextField()
    body = TextField()
    building = ForeignKeyField(Building, backref="notices", null=True, on_delete="RESTRICT")
    written_by = ForeignKeyField(Staff, backref="notices", on_delete="RESTRICT")
    written_at = InstantField()
    urgent_until = DayField(null=True)
    once_key = TextField(unique=True)

    class Meta:
        table_name = "notice"

    def is_urgent(self, *, on: date) -> bool:
        """Whether it is a banner on a day."""
        return self.urgent_until is not None and self.urgent_until >= on


class Thread(Model):
    """A conversation between the Office and one tenant.

    A side has something unread when the other side's last message is later than what it has read;
    the two `last_…_id` and `read_…_id` columns are message ids (0: none), so that no second is lost.
    `office_settled_id` is the last message of the tenant that the Office marked as asking for no answer.
    """

    tenant = ForeignKeyField(Tenant, backref="threads", index=False, on_delete="RESTRICT")
    subject = TextField()
    service = TextField(default="gestion_locative")
    notice = ForeignKeyField(Notice, backref="threads", null=True, on_delete="RESTRICT")
    began_at = InstantField()
    last_at = InstantField()
    office_last_id = IntegerField(default=0)
    tenant_last_id = IntegerField(default=0)
    tenant_read_id = IntegerField(default=0)
    tenant_read_at = InstantField(null=True)
    office_read_id = IntegerField(default=0)
    office_settled_id = IntegerField(default=0)
    tenant_id: Id

    class Meta:
        table_name = "thread"
        indexes = ((("tenant", "last_at"), False), (("last_at",), False))

    @property
    def is_unread_by_tenant(self) -> bool:
        """Whether the Office has said something the tenant has not opened."""
        return self.office_last_id > self.tenant_read_id


class Message(Model):
    """One message of a thread: written by the tenant, or by a member of staff in the name of a function."""

    thread = ForeignKeyField(Thread, backref="messages", on_delete="RESTRICT")
    written_at = InstantField()
    side = TextField()
    author = TextField()
    staff = ForeignKeyField(Staff, backref="messages", null=True, on_delete="RESTRICT")
    body = TextField()
    once_key = TextField(unique=True)
    thread_id: Id
    files: "list[Attachment]"  # filled by queries.messages_of

    class Meta:
        table_name = "message"
        constraints = [one_of("side", "tenant", "office")]


class Attachment(Model):
    """A file of a message; the messages of one notice share its files."""

    message = ForeignKeyField(Message, backref="attachments", on_delete="RESTRICT")
    file = ForeignKeyField(StoredFile, backref="attachments", on_delete="RESTRICT")
    message_id: Id

    class Meta:
        table_name = "attachment"


class OutboxMail(Model):
    """A mail that must leave: a row before it is a task, sent by the worker, tried again, never twice."""

    message_id = TextField(unique=True)
    recipient = TextField()
    subject = TextField()
    text = TextField()
    html = TextField()
    queued_at = InstantField()
    tries = IntegerField(default=0)
    next_try_at = InstantField()
    sent_at = InstantField(null=True)
    failed_at = InstantField(null=True)
    last_error = TextField(default="")

    class Meta:
        table_name = "outbox_mail"
