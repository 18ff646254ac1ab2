"""What the addresses of a side answer to its reader, in an office nobody has looked at yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db
from portal.domain.audit.models import Trace
from portal.domain.messages.models import Thread
from portal.domain.tables import TABLES
from tests.pages import Page, read_page
from tests.structure.queries import Asked, listening

NOTED = (Trace, Thread)  # a reading may note that it took place


@dataclass(frozen=True)
class Look:
    """One answer, and the statements it cost."""

    answer: TestResponse
    asked: list[Asked]

    @cached_property
    def page(self) -> Page | None:
        """The page, read once and to be left as it is; None for what is none (a file, nothing, a redirect)."""
        is_page = self.answer.status_code == 200 and self.answer.mimetype == "text/html"
        return read_page(self.answer) if is_page else None


@dataclass(frozen=True)
class Visit:
    """All the answers of a side, by address, and what the tables held before and after."""

    looks: dict[str, Look]
    before: dict[str, list[tuple]]
    after: dict[str, list[tuple]]


def visit(client: FlaskClient, urls: Iterable[str]) -> Visit:
    """Ask for each address in turn."""
    before = everything()
    return Visit({url: look(client, url) for url in urls}, before, everything())


def look(client: FlaskClient, url: str) -> Look:
    """Ask for an address."""
    with listening() as asked:
        return Look(client.get(url, buffered=True), asked)


def everything() -> dict[str, list[tuple]]:
    """Return all the rows of all the tables that a reading must leave alone."""
    with db.db.connection_context():
        return {
            table._meta.table_name: list(table.select().order_by(table.id).tuples())
            for table in TABLES
            if table not in NOTED
        }
