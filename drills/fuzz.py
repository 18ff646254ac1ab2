"""Rubbish by the thousand: in the bank's notifications, in every field of every form, in every part of an address."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from random import Random
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.figures import SECONDS, Figure
from drills.cast import Cast
from drills.context import Drill, some
from portal import db
from tests.domain.payments.spoilt import Mutant, Payments
from tests.structure.addresses import pages, rules
from tests.structure.hostile import (
    JUNK,
    MARKUP,
    NONSENSE,
    NOT_TEXT,
    PARAMETERS,
    SIDES,
    SPOILT,
    Form,
    Shot,
    every_form,
    one_by_one,
    undrawn,
)

NOTIFICATIONS, VALUES, PAYMENTS = 100_000, 20_000, 40
SLOWEST_SECONDS = 2
BRAKES_LET_GO_EVERY = 40
MORE = {
    "a long number": "1" * 400,
    "a far year": "9999-12-31",
    "another far year": "0001-01-01",
    "a month too many": "2026-13",
    "a number with an exponent": "1e309",
    "not a number": "NaN",
    "another alphabet's digits": "٣٤",
    "a header": "a\r\nBcc: x@y.example",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "a path": "../../../../etc/passwd",
    "a query": "' OR 1=1 --",
    "an attribute": '" onmouseover="alert(1)" x=\'',
    "right to left": "\u202egnp.exe",
    "a house": "🏠" * 200,
    "combined letters": "e" + "\u0301" * 300,
    "an address with an accent": "é@exemplé.fr",
    "lines": "\n" * 5000,
}
KINDS = JUNK | NOT_TEXT | {f"« {value[:10]} »": value for value in NONSENSE} | MORE


@dataclass
class Answers:
    """What went wrong among the answers, and the slowest."""

    broken: list[str] = field(default_factory=list)
    unescaped: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_of: str = ""

    def look_at(self, answer: TestResponse, what: str, began: float) -> None:
        """Note an answer, and how long it took to come."""
        lasted = time.perf_counter() - began
        if lasted > self.slowest:
            self.slowest, self.slowest_of = lasted, what
        if answer.status_code >= 500:
            self.broken.append(what)
        if MARKUP.encode() in answer.data:
            self.unescaped.append(what)

    def figures(self, what: str, tried: str) -> list[Figure]:
        """Return the three figures of a kind of rubbish."""
        return [
            Figure(f"{what} : réponses 5xx", len(self.broken), 0, some(self.broken) or tried, unit=""),
            Figure(f"{what} : balises rendues telles quelles", len(self.unescaped), 0, some(self.unescaped), unit=""),
            Figure(f"{what} : la plus lente", self.slowest, SLOWEST_SECONDS, self.slowest_of, unit=SECONDS),
        ]


def notifications(drill: Drill) -> list[Figure]:
    """Spoilt notifications of the bank: none breaks anything, none brings a cent that the key did not sign for."""
    cast, how_many = Cast.in_folder(drill.fresh("banque")), drill.times(NOTIFICATIONS)
    with db.db.connection_context():
        payments = Payments.of(cast.people.bruno, PAYMENTS)
    mutant, client, answers = Mutant(drill.seed, payments.begun), cast.app.test_client(), Answers()
    began = time.perf_counter()
    for body, answer in payments.take_in(client, (mutant.body() for _ in range(how_many))):
        answers.look_at(answer, body.decode("utf-8", "replace")[:80], began)
        began = time.perf_counter()
    with db.db.connection_context():
        wrong = payments.wrong()
    proven = f"{how_many} avis, dont {len(payments.proven)} paiements vraiment prouvés"
    return [
        Figure(
            "Avis de la banque abîmés : paiements portés sans preuve", len(wrong), 0, some(wrong) or proven, unit=""
        ),
        *answers.figures("Avis de la banque abîmés", proven),
    ]


def forms(drill: Drill) -> list[Figure]:
    """Rubbish in every field of every form: each kind in each field, then drawn values until there are enough."""
    cast, chance, how_many = Cast.in_folder(drill.fresh("formulaires")), drill.chance(), drill.times(VALUES)
    found = {side: every_form(cast.app, cast.visit(side), side, cast.own) for side in SPOILT}
    every = [(side, form) for side in SPOILT for form in found[side]]
    known = [(side, shot) for side, form in every for shot in one_by_one(form, KINDS)]
    chance.shuffle(known)
    answers = Answers()
    with undrawn():
        for number, (side, shot) in enumerate(islice(chain(known, drawn(every, chance)), how_many)):
            if number % BRAKES_LET_GO_EVERY == 0:
                browsers: dict[str, FlaskClient] = {}
            browser = browsers.get(side) or browsers.setdefault(side, cast.visit(side))
            began = time.perf_counter()
            answer = shot.fire(browser)
            answers.look_at(answer, str(shot), began)
            if answer.status_code < 400:  # it may have signed the person out
                browsers.pop(side)
    return answers.figures("Champs des formulaires", f"{how_many} valeurs dans {len(every)} formulaires")


def addresses(drill: Drill) -> list[Figure]:
    """Rubbish in every parameter and every number or reference of the addresses."""
    cast, chance, how_many = Cast.in_folder(drill.fresh("adresses")), drill.chance(), drill.times(VALUES)
    plain = [(side, url) for side in SIDES for url in pages(cast.app, side, cast.own)]
    named = [(side, rule.rule) for side in SIDES for rule in rules(cast.app, side) if rule.arguments]
    answers, browsers = Answers(), {side: cast.visit(side) for side in SIDES}
    with undrawn():
        for number in range(how_many):
            if number % BRAKES_LET_GO_EVERY == 0:
                browsers = {side: cast.visit(side) for side in SIDES}
            side, url, query = _asked(plain, named, chance)
            began = time.perf_counter()
            with browsers[side].get(url, query_string=query) as answer:
                answers.look_at(answer, f"{url}?{query}"[:120], began)
    return answers.figures("Adresses et leurs paramètres", f"{how_many} demandes, {len(plain) + len(named)} adresses")


def _asked(plain: list, named: list, chance: Random) -> tuple[str, str, str]:
    """Draw an address: a page with some parameters, or a rule whose numbers and references are rubbish."""
    if chance.random() < 0.5:
        side, url = chance.choice(plain)
        names = chance.sample(PARAMETERS, chance.randint(1, 3))
        return side, url, "&".join(f"{name}={quote(value_of(chance))}" for name in names)
    side, rule = chance.choice(named)
    return side, re.sub(r"<[^>]+>", lambda _: quote(value_of(chance), safe="") or "0", rule), ""


def drawn(forms: list[tuple[str, Form]], chance: Random) -> Iterator[tuple[str, Shot]]:
    """Draw a form, one or several of its fields, and their rubbish, for ever."""
    while True:
        side, form = chance.choice(forms)
        names = chance.sample(form.fields, chance.randint(1, min(3, len(form.fields))))
        yield side, Shot(form, {name: value_of(chance) for name in names}, "drawn")


def value_of(chance: Random) -> str | bytes:
    """Draw rubbish: a known kind, two of them together, one cut, or letters of any alphabet."""
    kinds = list(KINDS.values())
    way = chance.randrange(4)
    if way == 0:
        return chance.choice(kinds)
    if way == 1:
        return as_bytes(chance.choice(kinds)) + as_bytes(chance.choice(kinds))
    if way == 2:
        whole = as_bytes(chance.choice(kinds))
        return whole[: chance.randint(0, len(whole))]
    return "".join(chr(chance.choice((chance.randrange(1, 0x250), chance.randrange(0x2000, 0xD7FF)))) for _ in range(9))


def as_bytes(value: str | bytes) -> bytes:
    """Return a value as it travels."""
    return value if isinstance(value, bytes) else value.encode()
