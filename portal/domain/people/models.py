"""Tenants, staff, and what lets them in."""

from datetime import datetime

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import Id, InstantField, MaybeId, Model, one_of
from portal.domain.housing.models import Lodge


class Tenant(Model):
    """A person who is, or was, on a lease."""

    number = TextField(unique=True)
    title = TextField(default="")
    family_name = TextField()
    used_name = TextField(default="")
    first_name = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    email_confirmed_at = InstantField(null=True)
    access: "Access | None"  # filled by queries.tenant_within_reach

    class Meta:
        table_name = "tenant"

    @property
    def full_name(self) -> str:
        """« Mme Aminata KEÏTA », as on a letter."""
        name = self.used_name or self.family_name
        return " ".join(part for part in (self.title, self.first_name, name.upper()) if part)


class Role:
    """What a member of staff does in the Office."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    TECHNICAL = "technical"
    CARETAKER = "caretaker"
    ALL = (ADMINISTRATOR, MANAGER, ACCOUNTANT, TECHNICAL, CARETAKER)


class Staff(Model):
    """A member of the Office's staff; a caretaker belongs to a lodge and sees its buildings only."""

    name = TextField()
    role = TextField()
    function = TextField()
    email = TextField(default="")
    lodge = ForeignKeyField(Lodge, backref="staff", null=True, on_delete="RESTRICT")
    lodge_id: MaybeId
    last_sign_in: datetime | None  # filled by audit.queries.team

    class Meta:
        table_name = "staff"
        constraints = [
            one_of("role", *Role.ALL),
            Check("(role = 'caretaker') = (lodge_id IS NOT NULL)"),
        ]


class Access(Model):
    """A login and its password, of one tenant or of one member of staff. A closed access opens no session."""

    login = TextField(unique=True)
    password_hash = TextField()
    tenant = ForeignKeyField(Tenant, backref="accesses", null=True, unique=True, on_delete="RESTRICT")
    staff = ForeignKeyField(Staff, backref="accesses", null=True, unique=True, on_delete="RESTRICT")
    opened_at = InstantField()
    password_set_at = InstantField()
    closed_at = InstantField(null=True)
    staff_id: MaybeId
    tenant_id: MaybeId

    class Meta:
        table_name = "access"
        constraints = [Check("(tenant_id IS NULL) <> (staff_id IS NULL)")]


class SecondFactor(Model):
    """The application on a telephone that proves, after the password, who a member of staff is.

    `last_step` is the thirty seconds of the last code that was taken: no code serves twice.
    """

    access = ForeignKeyField(Access, backref="second_factors", unique=True, on_delete="RESTRICT")
    secret = TextField()
    set_at = InstantField()
    last_step = IntegerField()

    class Meta:
        table_name = "second_factor"


class SignIn(Model):
    """One open session: the database keeps the SHA-256 of its token, the browser keeps the token."""

    token_hash = TextField(unique=True)
    access = ForeignKeyField(Access, backref="sign_ins", on_delete="RESTRICT")
    began_at = InstantField()
    expires_at = InstantField()

    class Meta:
        table_name = "sign_in"


class AccessRequest(Model):
    """One request for an access code, granted or not, as the Office reads it. Never holds a password.

    `once_key` is that of the form, kept when the request was granted: the same press of the button is not a second one.
    """

    asked_at = InstantField()
    outcome = TextField()
    address = TextField()
    name = TextField()
    dwelling_reference = TextField()
    tenant_number = TextField()
    tenant = ForeignKeyField(Tenant, backref="access_requests", null=True, on_delete="RESTRICT")
    once_key = TextField(null=True, unique=True)

    class Meta:
        table_name = "access_request"
        constraints = [one_of("outcome", "opened", "letter", "mismatch", "already", "throttled")]


class LetterBatch(Model):
    """Letters printed together in one PDF: by whom (nobody: at the terminal), and whose batch it prints again."""

    made_at = InstantField()
    staff = ForeignKeyField(Staff, backref="letter_batches", null=True, on_delete="RESTRICT")
    reprints = ForeignKeyField("self", backref="again", null=True, on_delete="RESTRICT")
    once_key = TextField(unique=True)

    class Meta:
        table_name = "letter_batch"


class Letter(Model):
    """A letter to put in the next paper batch; one that was handed over otherwise is printed without a batch.

    `kind` is one of people/letters.py; `about` says what the kind needs to know (a lease and its month, say).
    """

    tenant = ForeignKeyField(Tenant, backref="letters", on_delete="RESTRICT")
    kind = TextField()
    asked_at = InstantField()
    printed_at = InstantField(null=True, index=True)
    about = TextField(default="")
    batch = ForeignKeyField(LetterBatch, backref="letters", null=True, on_delete="RESTRICT")
    tenant_id: Id

    class Meta:
        table_name = "letter"
        constraints = [Check("batch_id IS NULL OR printed_at IS NOT NULL")]


class MailLink(Model):
    """A single-use link sent by mail: to confirm an address, or to choose a new password."""

    token_hash = TextField(unique=True)
    kind = TextField()
    tenant = ForeignKeyField(Tenant, backref="mail_links", on_delete="RESTRICT")
    email = TextField()
    made_at = InstantField()
    expires_at = InstantField()
    used_at = InstantField(null=True)
    tenant_id: Id

    class Meta:
        table_name = "mail_link"
        constraints = [one_of("kind", "confirm_email", "new_password")]


class Throttle(Model):
    """How many tries were made under a key (a hash), and until when the next is refused."""

    key = TextField(unique=True)
    tries = IntegerField()
    last_at = InstantField()
    until = InstantField(null=True)

    class Meta:
        table_name = "throttle"
