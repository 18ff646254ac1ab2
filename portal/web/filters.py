"""How amounts, dates and numbers are written: one filter each, `format_…`."""

import hashlib
import os
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date as babel_date
from babel.dates import format_datetime
from babel.numbers import format_decimal
from flask import request, url_for
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal.domain.claims.natures import NATURES
from portal.kernel.clock import PARIS
from portal.kernel.french import SAID, limit, long_day, slot
from portal.kernel.money import in_euros
from portal.kernel.periods import Month
from portal.web.application import STATIC, Portal

NBSP = "\u00a0"
GROUP = 4
AROUND_H = re.compile(r"(?<=\d) (?=h\b)|(?<=\bh) (?=\d)")


def format_euros(cents: int) -> str:
    """« 1 234,56 € », « −12,00 € », from cents: a true minus, which is read aloud and never ends a line."""
    return in_euros(cents)


def format_amount(cents: int) -> str:
    """« 1 234,56 », from cents, for columns whose title says euros."""
    return in_euros(cents).removesuffix("€").rstrip(NBSP)


def format_day(day: date) -> str:
    """« mardi 2 juillet 2026 »; the first of a month is « 1er »."""
    return long_day(day)


def format_limit(at: datetime) -> str:
    """« mardi 2 juillet 2026 » for the end of a day, « mardi 2 juillet 2026 à 14 h 05 » for another instant."""
    return limit(at)


def format_slot(day: date, starts: str, ends: str) -> str:
    """« mardi 2 juillet 2026, entre 8 h et 10 h »."""
    return slot(day, starts, ends)


@lru_cache(SAID)
def format_day_short(day: date) -> str:
    """« 02/07/2026 »."""
    return babel_date(day, "dd/MM/y", locale="fr")


@lru_cache(SAID)
def format_date(day: date) -> str:
    """« 2 juillet 2026 », « 1er juillet 2026 »."""
    return f"{format_day_number(day)}{NBSP}{babel_date(day, 'MMMM y', locale='fr')}"


def format_day_number(day: date) -> str:
    """« 2 », « 1er »: the day of the month."""
    return "1er" if day.day == 1 else str(day.day)


def format_instant_day(at: datetime) -> str:
    """« 2 juillet 2026 », the day it was in France."""
    return format_date(at.astimezone(PARIS).date())


def format_instant(at: datetime) -> str:
    """« mardi 2 juillet 2026 à 14 h 05 », the time it was in France."""
    local = at.astimezone(PARIS)
    return f"{format_day(local.date())} à {format_time(at)}"


def format_instant_short(at: datetime) -> str:
    """« 02/07/2026 à 14 h 05 », the time it was in France: for the dense tables of the Office."""
    return f"{format_day_short(at.astimezone(PARIS).date())} à {format_time(at)}"


def format_time(at: datetime) -> str:
    """« 14 h 05 », the time it was in France."""
    return format_datetime(at.astimezone(PARIS), f"H'{NBSP}h{NBSP}'mm", locale="fr")


def format_hours(words: str) -> str:
    """« de 9 h à 12 h », typed by the Office, cut neither before « h » nor after it when minutes follow."""
    return AROUND_H.sub(NBSP, words)


@lru_cache(SAID)
def format_month(month: Month) -> str:
    """« juin 2026 »."""
    return babel_date(month.first_day, "MMMM y", locale="fr").replace(" ", NBSP)


def format_of_month(month: Month) -> str:
    """« de juin 2026 », « d’octobre 2026 »."""
    return f"{'d’' if month.number in (4, 8, 10) else 'de '}{format_month(month)}"


def format_phone(number: str) -> str:
    """« 01 48 79 00 00 »: ten digits in pairs, anything else as it is."""
    digits = number.replace(" ", "").replace(".", "").replace(NBSP, "")
    if len(digits) != 10 or not digits.isdigit():
        return number
    return NBSP.join(digits[at : at + 2] for at in range(0, 10, 2))


def format_reference(text: str) -> str:
    """« 0012 3456 7890 »: long numbers in groups of four."""
    if len(text) <= GROUP + 2:
        return text
    return NBSP.join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def format_function(function: str) -> str:
    """« Loge » to colleagues, of the « Votre loge » that tenants read; any other function as it is."""
    words = function.removeprefix("Votre ")
    return words[:1].upper() + words[1:]


def format_size(size: int) -> str:
    """« 340 ko » or « 2,1 Mo », from bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}ko"
    return format_decimal(size / 1_000_000, format="0.#", locale="fr") + f"{NBSP}Mo"


def format_count(number: int, one: str, many: str) -> str:
    """« 1 message », « 3 messages », « aucun message » (French: 0 and 1 are singular)."""
    if number == 0:
        return f"aucun{'e' if one.endswith('ée') or one.split(maxsplit=1)[0].endswith('ion') else ''} {one}"
    return f"{format_decimal(number, locale='fr').replace(chr(0x202F), NBSP)}{NBSP}{one if number == 1 else many}"


def format_lines(text: str) -> Markup:
    """Keep the paragraphs and line breaks of a text somebody typed, and nothing else of it."""
    paragraphs = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.strip("\n").split("\n")))
        for part in paragraphs
    )


@cache
def fingerprint(path: Path, _changed: float) -> str:
    """Return ten characters that change when the file does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


class PageContext(Context):
    """A context that does not look for globals of one template alone: we have none, and a page imports twenty files."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable],
        globals: object = None,
    ) -> None:
        super().__init__(environment, parent, name, blocks)


def register(app: Portal) -> None:
    """Give the templates the filters, `asset()`, and no silence about unknown names."""
    app.jinja_env.context_class = PageContext
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for function in (
        *(format_euros, format_amount, format_day, format_day_short, format_date, format_day_number, format_instant),
        *(
            format_instant_day,
            format_instant_short,
            format_time,
            format_hours,
            format_month,
            format_of_month,
            format_limit,
            format_slot,
        ),
        *(format_phone, format_reference, format_function, format_size, format_count, format_lines),
    ):
        app.jinja_env.filters[function.__name__] = function
        app.jinja_env.globals[function.__name__] = function

    @cache
    def address(path: str, changed: float, _root: str) -> str:
        return url_for("static", filename=path, v=fingerprint(STATIC / path, changed))

    def asset(path: str) -> str:
        """Return the address of a static file, which changes with its content. A page has fifty: it is kept."""
        return address(path, os.stat(f"{STATIC}/{path}").st_mtime, request.script_root)  # noqa: PTH116

    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["natures"] = NATURES  # what a réclamation is called, on every page that names one
