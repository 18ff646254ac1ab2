"""Files people sent, checked and stored under a name of our own."""

from peewee import IntegerField, TextField

from portal.db import InstantField, Model, one_of

CONTENT_TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")


class StoredFile(Model):
    """A file in the uploads folder: `path` is ours, `name` is what the sender called it, for display only."""

    path = TextField(unique=True)
    name = TextField()
    content_type = TextField()
    size = IntegerField()
    sha256 = TextField()
    stored_at = InstantField()

    class Meta:
        table_name = "stored_file"
        constraints = [one_of("content_type", *CONTENT_TYPES)]
