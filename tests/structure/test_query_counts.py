"""A page costs a constant number of queries, eight at most, whatever the number of rows.

Each page is read in two offices, with FEW of each thing and with MANY: it costs the same in both. That proves something
of what the page shows, and of that alone: so every table has rows, a page finds some in each table it reads, and each
of its lists is longer in the second office.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from flask import Blueprint, Flask, render_template_string
from flask.testing import FlaskClient

from portal import create_app, db
from portal.domain.claims.models import Claim
from portal.domain.news.models import MailChoice
from portal.domain.papers.models import PaperDoubt
from portal.domain.tables import TABLES
from portal.domain.works.models import Contractor, Order
from portal.kernel.clock import FixedClock
from portal.web import errors, pdf
from tests.conftest import settings_of
from tests.fixtures import Belongings
from tests.people import NOW
from tests.structure.addresses import held, pages
from tests.structure.conftest import FEW, MANY
from tests.structure.queries import Asked, asked_by, asks_for_one, schema, tables_of

PDF = b"%PDF-1.7\n%%EOF\n"
MOST = 8  # whole pages: who is signed in, the menu, the trace of the look, all of it
OPENED_MOST = {"/espace": 7}  # no room is left on the page everybody opens
READERS = {
    "visitor": ("public", "access", "bank", "demo_bank"),
    "aminata": ("tenant",),
    **dict.fromkeys(("admin", "manager", "accountant", "technical", "loge"), ("office", "accounts")),
}
# What is asked of a page that lists nothing unless it is asked.
WISHES = {
    "/bureau/recherche": {"q": "Keïta"},
    "/bureau/loyers/avis": {"mois": "2026-09"},
    "/bureau/loyers/avis/suite": {"mois": "2026-09"},
    "/bureau/loyers/avis.pdf": {"mois": "2026-09", "batiment": "PEU-A"},
}
EMPTY = {"paper_doubt": "settled before the transaction that raises them ends"}
AS_MANY = {
    "schema_migration": "one row a migration",
    "claim_counter": "one row a year",
    "order_counter": "one row a kind and a year",
    "claim_draft": "a tenant writes one at a time",
    "mail_choice": "one row a topic",
}
ONLY_WITH_MANY = {"/espace/reclamations/nouvelle/logement": "asked of who has several leases"}
SHORT = {("/bureau/loyers", "rent_term"): "the months around today are four"}


@dataclass(frozen=True)
class Look:
    """A page, as somebody looks at it for the first time."""

    url: str
    status: int
    asked: list[Asked]

    @property
    def queries(self) -> list[Asked]:
        """Its queries: the others note the look."""
        return [each for each in self.asked if each.reads]

    def rows(self) -> Counter[str]:
        """Return how many rows each query gave."""
        found = Counter()
        for each in self.queries:
            found[each.shape] += each.rows
        return found


def look(client: FlaskClient, url: str) -> Look:
    """Look at a page."""
    wish = WISHES.get(url)
    return Look(url, *asked_by(client, f"{url}?{urlencode(wish)}" if wish else url))


def faults_of(few: Look, many: Look) -> Iterator[str]:
    """Say what is wrong with the cost of a page, or with what was shown to find it out; the connection must be open."""
    url, costs = many.url, (len(few.asked), len(many.asked))
    if max(costs) > OPENED_MOST.get(url, MOST):
        yield f"{url} costs {max(costs)} queries"
    read = {table for query in many.queries for table in tables_of(query.sql)}
    seen = {table for query in many.queries if query.rows for table in tables_of(query.sql)}
    for table in sorted(read - seen):
        yield f"{url} reads {table} and finds nothing in it: {how_to_furnish(table)}"
    if url in ONLY_WITH_MANY:
        return
    if few.status != many.status or many.status >= 400:
        yield f"{url} answers {few.status}, then {many.status}: nothing was compared"
    elif costs[0] != costs[1]:
        yield f"{url} costs {costs[0]} queries with {FEW} of each thing and {costs[1]} with {MANY}: a query in a loop?"
    before, now = few.rows(), many.rows()
    for query in {each.shape: each for each in many.queries if not asks_for_one(each)}.values():
        tables = tables_of(query.sql)
        known = tables <= AS_MANY.keys() or (url, *tables) in SHORT
        if now[query.shape] <= before[query.shape] and not known:
            yield f"{url} has a list that is no longer with {MANY} of each thing: {sorted(tables)}, {query.sql}"


def unfurnished(few: dict[str, int], many: dict[str, int]) -> list[str]:
    """Say which tables have no row, or have no more when more are asked for."""
    empty = [table for table in few.keys() - EMPTY.keys() if not few[table]]
    same = [table for table in few.keys() - EMPTY.keys() - AS_MANY.keys() - set(empty) if few[table] >= many[table]]
    return [
        *(f"{table} has no row: {how_to_furnish(table)}" for table in sorted(empty)),
        *(f"{table} has no more rows when more are asked for: {how_to_furnish(table)}" for table in sorted(same)),
    ]


def how_to_furnish(table: str) -> str:
    """Say which function is to give rows to a table."""
    areas = {each._meta.table_name: each.__module__.split(".")[2] for each in TABLES}
    where = f"tests/fixtures/{areas[table]}.py" if table in areas else "portal/domain/tables.py first, then there"
    return f"furnish() of tests/fixtures/ gives the rows, in {where}"


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch) -> None:
    """No paper is laid out, which is slow: all its queries come before; nor is a refusal written: it is not judged."""
    monkeypatch.setattr(errors, "render_template", lambda *_, **_how: "")
    monkeypatch.setattr(pdf, "laid_out", lambda *_: SimpleNamespace(write_pdf=lambda **_: PDF))
    for draw in ("draw_all", "draw_record"):
        monkeypatch.setattr(pdf, draw, lambda *_, **_how: PDF)


@pytest.fixture
def enter(filled, crowded, app: Flask, tmp_path) -> Callable[[int], Belongings]:
    """Return what puts one of the two offices in the place of the test's, as if nobody had looked at it."""

    def put(rows: int) -> Belongings:
        folder, own = {FEW: filled, MANY: crowded}[rows]
        db.close()
        app.portal = settings_of(shutil.copytree(folder, tmp_path / f"with{rows}"))
        db.use(app.portal.database)
        return own

    return put


@pytest.mark.parametrize("name", READERS)
def test_no_page_costs_more_for_having_more_to_show(app, client, client_of, people, enter, name):
    looks = {}
    for rows in (FEW, MANY):
        own = enter(rows)
        browser = client if name == "visitor" else client_of(getattr(people, name))
        urls = [url for side in READERS[name] for url in (*pages(app, side, own), *held(app, side, own))]
        looks[rows] = [look(browser, url) for url in urls]
    with db.db.connection_context():
        both = zip(looks[FEW], looks[MANY], strict=True)
        found = [fault for few, many in both if not few.status == many.status == 403 for fault in faults_of(few, many)]
    assert found == [], "\n".join(found)


def test_every_table_has_rows_and_more_when_more_are_asked_for(enter):
    counts = {}
    for rows in (FEW, MANY):
        enter(rows)
        with db.db.connection_context():
            counts[rows] = schema()
    assert unfurnished(counts[FEW], counts[MANY]) == []
    assert all(counts[MANY][table] == 0 for table in EMPTY)


def test_a_table_that_nobody_furnishes_is_told_with_the_place_to_do_it(enter):
    enter(FEW)
    with db.db.connection_context():
        db.db.execute_sql("DELETE FROM claim_rating")
        db.db.execute_sql("CREATE TABLE planted (word TEXT)")
        faults = unfurnished(schema(), dict.fromkeys(schema(), MANY**4))
    assert [fault.split(":")[0] for fault in faults] == ["claim_rating has no row", "planted has no row"]
    assert "tests/fixtures/claims.py" in faults[0]
    assert "portal/domain/tables.py" in faults[1]


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> Flask:
    """The portal with the pages below, for they cannot be put in one that has answered already."""
    app = create_app(settings_of(tmp_path_factory.mktemp("planted")), FixedClock(NOW))
    app.register_blueprint(PLANTED)
    return app


PLANTED = Blueprint("planted", __name__, url_prefix="/plante")
SAID = "{% for each in rows %}{{ word(each) }} {% endfor %}"


@PLANTED.get("/boucle")
def a_query_in_a_loop() -> str:
    rows = Order.select().where(Order.kind == "OS")
    return render_template_string(SAID, rows=rows, word=lambda order: order.contractor.name)


@PLANTED.get("/jointure")
def the_same_with_a_join() -> str:
    rows = Order.select(Order, Contractor).join(Contractor)
    return render_template_string(SAID, rows=rows, word=lambda order: order.contractor.name)


@PLANTED.get("/vide")
def a_table_nobody_has_rows_in() -> str:
    return render_template_string(SAID, rows=PaperDoubt.select(), word=str)


@PLANTED.get("/courte")
def a_query_in_a_loop_over_a_list_that_stays_short() -> str:
    rows = Claim.select().where(Claim.merged_into.is_null()).order_by(Claim.id).limit(2)
    return render_template_string(SAID, rows=rows, word=lambda claim: claim.lease.number)


@PLANTED.get("/lourde")
def nine_queries() -> str:
    return "".join(str(Claim.select().count()) for _ in range(MOST + 1))


@PLANTED.get("/autant")
def a_list_that_is_what_it_is() -> str:
    return render_template_string(SAID, rows=MailChoice.select(), word=str)


@pytest.mark.parametrize(
    ("leaf", "faults"),
    [
        ("boucle", ["costs 2 queries with 1 of each thing and 6 with 5: a query in a loop?"]),
        ("courte", ["has a list that is no longer with 5 of each thing: ['claim']"]),
        ("vide", ["reads paper_doubt and finds nothing in it", "has a list that is no longer"]),
        ("lourde", ["costs 9 queries"]),
        ("jointure", []),
        ("autant", []),
    ],
)
def test_a_page_to_come_is_judged_as_those_that_are(planted, enter, leaf, faults):
    looks = []
    for rows in (FEW, MANY):
        enter(rows)
        looks.append(look(planted.test_client(), f"/plante/{leaf}"))
    with db.db.connection_context():
        found = list(faults_of(*looks))
    assert len(found) == len(faults), found
    assert all(expected in fault for expected, fault in zip(faults, found, strict=True)), found
