"""Rubbish in any field of any form gets a French sentence and a 4xx, never a 500; nothing is half-written.

The forms are those of the pages of tests/structure/addresses.py: a new one is tried here by itself.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db
from portal.domain.people.models import AccessRequest, Throttle
from portal.domain.tables import TABLES
from tests.pages import plain, read_page
from tests.structure.addresses import SECRETS, address, pages, rules

SIDES = ("public", "access", "tenant", "office")
COUNTED_ANYWAY = (AccessRequest, Throttle)  # every try leaves its trace, the wrong ones first
JUNK = {
    "an id of twenty digits": "9" * 20,
    "a negative number": "-1",
    "a date that cannot be": "2026-02-30",
    "a year before years": "0000-00-00",
    "markup": "<script>alert(1)</script>",
    "nothing but spaces": " \u00a0\u200b ",
}
NOT_TEXT = (b"\xff\xfe\xc3(", b"Ele\xcc", b"\xed\xa0\xbd", b"a\0b")  # no UTF-8, half a letter, half a pair, NUL
READ: dict[str, list["Form"]] = {}  # the forms of each side
SOUND: set[str] = set()  # the answers that were found to be pages of ours
DECENT = {"text": "Bonjour", "email": "a@exemple.fr", "tel": "0601020304", "number": "1", "date": "2026-12-01"}


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, and what a browser would send of it untouched."""

    action: str
    values: dict[str, str]
    fields: tuple[str, ...]


def forms_of(client: FlaskClient, url: str) -> Iterator[Form]:
    """Read the forms of a page that send something a person wrote or chose."""
    with client.get(url) as answer:
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return
        found = read_page(answer).select("main form[method=post]")
    for form in found:
        values = {}
        for tag in form.select("input[name], textarea[name], select[name]"):
            options = [each["value"] for each in tag.select("option") if each["value"]]
            decent = tag.get("value") or DECENT.get(tag.get("type", "text"), "Bonjour")
            if tag.get("type") != "file":
                values.setdefault(tag["name"], options[0] if options else decent)
        yield Form(form["action"], values, tuple(values))


def every_form(app: Flask, client: FlaskClient, side: str, own: object) -> list[Form]:
    """Return the forms of a side, one for each place they go to; they are the same for every test, and read once."""
    if side not in READ:
        found = {form.action: form for url in pages(app, side, own) for form in forms_of(client, url)}
        READ[side] = list(found.values())
    return READ[side]


def kept(folder: Path) -> tuple:
    """Return how many rows and files there are, but for those that count the tries."""
    names = [each._meta.table_name for each in TABLES if each not in COUNTED_ANYWAY]
    counts = ", ".join(f"(SELECT COUNT(*) FROM {name})" for name in names)
    with db.db.connection_context():
        rows = dict(zip(names, db.db.execute_sql(f"SELECT {counts}").fetchone(), strict=True))
    return rows, sorted(str(path) for path in folder.rglob("*") if path.is_file())


def weight() -> int:
    """Return how many bytes the database holds."""
    with db.db.connection_context():
        pages, size = (db.db.execute_sql(f"PRAGMA page_{what}").fetchone()[0] for what in ("count", "size"))
    return pages * size


def send(client: FlaskClient, form: Form, **rubbish: object) -> TestResponse:
    """Send a form with some of its values replaced; a list sends several values for one field."""
    body = urlencode({**form.values, **rubbish}, doseq=True)
    return client.post(form.action, data=body, content_type="application/x-www-form-urlencoded")


def refused(answer: TestResponse, what: str) -> None:
    """Check that an answer says in French what is wrong."""
    assert 400 <= answer.status_code < 500, (what, answer.status_code)
    if answer.text not in SOUND:
        assert read_page(answer).h1, what
        SOUND.add(answer.text)


def visitor(client: FlaskClient, client_of, people, side: str) -> FlaskClient:
    """Return a browser in which the person a side is for is signed in."""
    person = {"tenant": people.aminata, "office": people.admin}.get(side)
    return client_of(person) if person else client


@pytest.mark.parametrize("side", SIDES)
def test_rubbish_in_a_field_is_taken_as_words_or_refused_whole(app, client, client_of, people, own, side):
    client = visitor(client, client_of, people, side)
    forms, before = every_form(app, client, side, own), kept(app.portal.uploads)
    for form, what in itertools.product(forms, JUNK):
        for name in form.fields:
            answer = send(client, form, **{name: JUNK[what]})
            assert answer.status_code < 500, (form.action, name, what)
            if answer.status_code < 400:  # taken as words: the next refusal is measured from here
                client = visitor(client, client_of, people, side)
                before = kept(app.portal.uploads)
            else:
                refused(answer, f"{form.action}: {what} as {name}")
        assert kept(app.portal.uploads) == before, (form.action, what)


@pytest.mark.parametrize("side", SIDES)
def test_a_megabyte_of_text_is_never_kept(app, client, client_of, people, own, side):
    client = visitor(client, client_of, people, side)
    before = weight()
    for form in every_form(app, client, side, own):
        written = [name for name in form.fields if name != "once_key"]
        answer = send(client, form, **{name: "a" * (1024 * 1024 // len(written)) for name in written})
        assert answer.status_code < 500, form.action
        if answer.status_code >= 400:
            refused(answer, form.action)
    assert weight() - before < 200_000


@pytest.mark.parametrize("side", SIDES)
def test_what_is_not_text_is_refused(app, client, client_of, people, own, side):
    client = visitor(client, client_of, people, side)
    forms = every_form(app, client, side, own)
    before = kept(app.portal.uploads)
    for form, rubbish in itertools.product(forms, NOT_TEXT):
        for name in form.fields:
            refused(send(client, form, **{name: rubbish}), f"{form.action}: {name}")
    assert kept(app.portal.uploads) == before


@pytest.mark.parametrize("side", SIDES)
def test_what_no_keyboard_writes_is_refused_beside_files_too(app, client, client_of, people, own, side):
    client = visitor(client, client_of, people, side)
    for form in every_form(app, client, side, own):
        for name in form.fields:
            values = {**form.values, name: "a\0b"}
            answer = client.post(form.action, data=values, content_type="multipart/form-data")
            refused(answer, f"{form.action}: {name}")


@pytest.mark.parametrize("side", SIDES)
def test_several_values_for_one_field_count_as_one(app, client, client_of, people, own, side):
    client = visitor(client, client_of, people, side)
    for form in every_form(app, client, side, own):
        for name in form.fields:
            answer = send(client, form, **{name: [form.values[name], "9" * 20, form.values[name]]})
            assert answer.status_code < 500, (form.action, name)
            client = visitor(client, client_of, people, side)


@pytest.mark.parametrize("side", SIDES)
def test_a_page_asked_for_in_bytes_that_are_not_text_is_refused(app, client, client_of, people, own, side):
    client = visitor(client, client_of, people, side)
    for url in pages(app, side, own):
        refused(client.get(url, query_string="q=%FF%FE&page=%C3%28"), url)
        refused(client.get(f"{url.rstrip('/')}/%FF%C3%28"), url)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("skin", ["page", "fragment"])
def test_a_form_without_its_key_is_refused_in_french(app, client, client_of, people, own, side, skin):
    client = visitor(client, client_of, people, side)
    app.config["WTF_CSRF_ENABLED"] = True
    headers = {"HX-Request": "true"} if skin == "fragment" else {}
    before = kept(app.portal.uploads)
    for rule in rules(app, side):
        if "POST" in rule.methods:
            url = rule.rule if any(word in rule.rule for word in SECRETS) else address(app, rule, own)
            answer = client.post(url, headers=headers)
            page = read_page(answer)
            assert answer.status_code == 400, rule.rule
            assert plain(page.h1.text) == "La demande n'a pas été comprise"
            assert bool(page.html) == (skin == "page")
    assert kept(app.portal.uploads) == before
