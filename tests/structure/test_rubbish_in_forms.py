"""Rubbish in any field of any form gets a French sentence and a 4xx, never a 500; nothing is half-written.

The forms are those of the pages of tests/structure/addresses.py: a new one is tried here by itself. Each field meets
each kind of rubbish beside that of the others, and one kind alone; `script/drills --only formulaires` tries the rest.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from tests.pages import plain, read_page
from tests.structure.addresses import SECRETS, address, pages, rules
from tests.structure.hostile import (
    JUNK,
    MARKUP,
    NOT_TEXT,
    SIDES,
    SPOILT,
    Form,
    Kept,
    Shot,
    Visit,
    all_at_once,
    fire_all,
    forms_of,
    spread,
    undrawn,
)

PLAN = "/bureau/loyers/comptes/B-0002/plan"  # Bruno's, for Aminata owes nothing


@pytest.fixture
def visits(client, client_of, people) -> dict[str, Visit]:
    """For each side, what gives a browser in which the person it is for is signed in."""
    signed_in = {"tenant": people.aminata, "office": people.admin, "accounts": people.accountant}
    return {side: partial(client_of, signed_in[side]) if side in signed_in else lambda: client for side in SPOILT}


@pytest.fixture(scope="module")
def read() -> dict[str, list[Form]]:
    """The forms that were read, by side: they are the same for every test."""
    return {}


@pytest.fixture
def forms(read, visited, visits, own) -> dict[str, list[Form]]:
    """The forms of each side."""
    for side in set(SPOILT) - set(read):
        more = [visits[side]().get(PLAN)] if side == "accounts" else []
        read[side] = forms_of((*(look.answer for look in visited[side].looks.values()), *more))
    return read


@pytest.fixture
def kept(visited, app, own) -> Iterator[Kept]:
    """Counts what is kept, while no paper is drawn."""
    kept = Kept(app.portal.database, app.portal.uploads)
    with undrawn():
        yield kept
    kept.connection.close()


def shots(forms: Iterable[Form], kinds: dict, *ways: Callable) -> list[Shot]:
    """Return what is sent to every form."""
    return [shot for form in forms for way in ways for shot in way(form, kinds)]


def hurl(sent: list[Shot], visit: Visit, kept: Callable[[], object]) -> dict[Shot, TestResponse]:
    """Send rubbish; nothing breaks, and what is refused is refused whole. Return the refusals."""
    fired, refusals = fire_all(sent, visit), {}
    before = kept()
    for shot, answer in fired:
        assert answer.status_code < 500, str(shot)
        assert MARKUP.encode() not in answer.data, str(shot)
        if answer.status_code < 400:  # taken as words: the next refusal is measured from here
            before = kept()
        else:
            assert kept() == before, str(shot)
            assert answer.data.count(b"<h1") == 1, str(shot)
            refusals[shot] = answer
    return refusals


def test_rubbish_in_a_field_is_taken_as_words_or_refused_whole(forms, visits, kept):
    for side in SPOILT:
        refusals = hurl(shots(forms[side], JUNK, all_at_once, spread), visits[side], kept)
        for shot in {shot.form.action: shot for shot in refusals}.values():  # one a form: reading takes time
            assert read_page(refusals[shot]).h1, str(shot)


def test_what_is_not_text_is_refused(forms, visits, kept):
    for side in SPOILT:
        sent = shots(forms[side], NOT_TEXT, spread)
        refusals = hurl(sent, visits[side], kept)
        assert [*refusals] == sent
        for page in {answer.text: answer for answer in refusals.values()}.values():
            assert read_page(page).h1


def test_several_values_for_one_field_count_as_one(forms, visits, kept):
    for side in SPOILT:
        three = [
            (form, {name: [value, "9" * 20, value] for name, value in form.values.items()}) for form in forms[side]
        ]
        hurl([Shot(form, values, "three values") for form, values in three], visits[side], kept)


def test_a_megabyte_of_text_is_never_kept(forms, visits, kept):
    before = kept.bytes()
    for side in SPOILT:
        for form in forms[side]:
            written = [name for name in form.fields if name != "once_key"]
            long = dict.fromkeys(written, "a" * (1024 * 1024 // max(1, len(written))))
            hurl([Shot(form, long, "a megabyte")], visits[side], kept)
    assert kept.bytes() - before < 200_000


def test_what_no_keyboard_writes_is_refused_beside_files_too(forms, visits, kept):
    for side in SIDES:
        client, before = visits[side](), kept()
        for form, name in ((each, name) for each in forms[side] for name in each.fields):
            answer = client.post(form.action, data=form.values | {name: "a\0b"}, content_type="multipart/form-data")
            assert answer.status_code == 400, f"{form.action}: {name}"
        assert kept() == before


def test_a_field_that_breaks_on_one_kind_of_rubbish_is_found():
    """The proof can fail: a form of five fields, one of which breaks on a day that cannot be."""
    app = Flask("planted")

    @app.post("/")
    def planted() -> tuple[str, int]:
        date.fromisoformat(request.form["third"])
        return "<h1>Non</h1>", 422

    names = ("first", "second", "third", "fourth", "once_key")
    form = Form("/", dict.fromkeys(names, "2026-12-01"))
    for way in (all_at_once, spread):
        with pytest.raises(AssertionError, match=r"as .*third"):
            hurl(shots([form], JUNK, way), app.test_client, tuple)
    met = {(name, value) for shot in all_at_once(form, JUNK) for name, value in shot.rubbish.items()}
    assert met == {(name, value) for name in names[:-1] for value in JUNK.values()}
    assert [[*shot.rubbish] for shot in spread(form, JUNK)] == [[name] for name in names]


@pytest.mark.parametrize("query", ["q=%FF%FE&page=%C3%28", "/%FF%C3%28"])
def test_a_page_asked_for_in_bytes_that_are_not_text_is_refused(app, visits, own, query):
    seen = set()
    for side in SIDES:
        client = visits[side]()
        for url in pages(app, side, own):
            asked = f"{url.rstrip('/')}{query}" if query[0] == "/" else f"{url}?{query}"
            answer = client.get(asked)
            assert 400 <= answer.status_code < 500, asked
            if answer.text not in seen:
                seen.add(answer.text)
                assert read_page(answer).h1, asked


@pytest.mark.parametrize("skin", ["page", "fragment"])
def test_a_form_without_its_key_is_refused_in_french(app, visits, own, kept, skin):
    app.config["WTF_CSRF_ENABLED"] = True
    headers, seen = {"HX-Request": "true"} if skin == "fragment" else {}, {}
    for side in SIDES:
        client, before = visits[side](), kept()
        for rule in rules(app, side):
            if "POST" in rule.methods:
                url = rule.rule if any(word in rule.rule for word in SECRETS) else address(app, rule, own)
                answer = client.post(url, headers=headers)
                assert answer.status_code == 400, rule.rule
                seen[answer.text] = answer
        assert kept() == before
    for text, answer in seen.items():
        assert plain(read_page(answer).h1.text) == "La demande n'a pas été comprise"
        assert ("<html" in text) == (skin == "page")
