"""`portal rents`: the months of rent."""

from collections.abc import Iterator

import click

from portal import db
from portal.cli.progress import Progress
from portal.cli.staff import loaded
from portal.domain.errors import DomainError
from portal.domain.rents.labels import month_words
from portal.domain.rents.posting import Call, Preview, post_month, preview_month
from portal.kernel.clock import SystemClock, paris_day
from portal.kernel.money import in_euros
from portal.kernel.periods import Month

SHOWN = 30


@click.group("rents", help="Les loyers.")
def rents() -> None:
    """Group the commands of the rents."""


@rents.command("post", help="Demande les loyers d’un mois (2026-11) à tous les baux qui ont des lignes de loyer.")
@click.argument("month", metavar="MOIS")
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait demandé et ce qui change, sans rien écrire.")
def post(month: str, dry_run: bool) -> None:
    """Post a month, all at once; run again, it changes nothing."""
    try:
        wanted = Month.parse(month)
    except ValueError:
        raise click.ClickException(f"« {month} » n’est pas un mois. Écrivez par exemple 2026-11.") from None
    settings, progress, at = loaded(), Progress(), SystemClock().now()
    db.use(settings.database)
    db.upgrade()
    try:
        with db.db.connection_context():
            if dry_run:
                done = preview_month(month=wanted, on=paris_day(at))
            else:
                done = post_month(month=wanted, at=at, progress=progress)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    finally:
        progress.close()
    for line in told(done, dry_run=dry_run):
        click.echo(line)


def told(done: Preview, *, dry_run: bool) -> Iterator[str]:
    """Tell what a month came to, or would come to, and what changes, as the Office reads it at a terminal."""
    verb = "À demander" if dry_run else "Demandés"
    yield f"{month_words(done.month).capitalize()}"
    yield f"{verb}\u00a0: {_count(len(done.calls), 'loyer', 'loyers')}, {in_euros(done.total_cents)} en tout"
    yield f"Versé par la CAF\u00a0: {in_euros(done.benefit_cents)}"
    yield f"Déjà demandés\u00a0: {_count(done.posted, 'loyer', 'loyers')}"
    if done.too_early:
        yield f"Trop tôt\u00a0: {_count(done.too_early, 'bail', 'baux')} à terme échu"
    if done.without_lines:
        more = " …" if len(done.without_lines) > SHOWN else ""
        numbers = ", ".join(done.without_lines[:SHOWN]) + more
        yield f"Sans ligne de loyer\u00a0: {_count(len(done.without_lines), 'bail', 'baux')} ({numbers})"
    if dry_run:
        yield from _changes(done)
        yield "Essai à blanc\u00a0: rien n’a été écrit."


def _changes(done: Preview) -> Iterator[str]:
    yield f"Ce qui change depuis le mois d’avant\u00a0: {_count(len(done.changed), 'bail', 'baux')}"
    for call in done.changed[:SHOWN]:
        yield f"  {call.number}\u00a0: {_why(call, done.month)}"
    if len(done.changed) > SHOWN:
        yield f"  … et {len(done.changed) - SHOWN} de plus (la page « Loyers » du bureau les montre tous)"


def _why(call: Call, month: Month) -> str:
    if not call.is_new:
        return " ; ".join(change.sentence for change in call.changes)
    days = f", {call.days} jours sur {month.days}" if call.days < month.days else ""
    return f"premier mois demandé{days}, {in_euros(call.total_cents)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"
