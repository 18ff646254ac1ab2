"""What the Office may do with a réclamation, one page each: its words, its form, its verb."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.blueprints.office.forms.claims import (
    AssignForm,
    MergeForm,
    MoveForm,
    NoteForm,
    OrderForm,
    SlotForm,
    WordsForm,
)
from portal.domain.claims import handling, moves, queue
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act
from portal.domain.errors import NotFoundError
from portal.domain.people.models import Staff
from portal.domain.works import orders, visits
from portal.domain.works.models import LIVE, Visit
from portal.domain.works.queries import waiting_order
from portal.kernel.clock import paris_day


@dataclass(frozen=True)
class Target:
    """What a move is about: the claim, its last visit, who acts."""

    claim: Claim
    visit: Visit | None
    staff: Staff


@dataclass(frozen=True)
class Doing:
    """One thing to do: `verb` is the line of moves.py that says when it is offered, `hint` stands over the words."""

    verb: str
    title: str
    button: str
    done: str
    form: type[MoveForm]
    do: Callable[[Target, MoveForm, Act], object]
    hint: str = ""
    icon: str = "check"
    words_optional: bool = False


def _simple(verb: Callable) -> Callable:
    return lambda target, _form, act: verb(claim=target.claim, staff=target.staff, act=act)


def _visit(verb: Callable) -> Callable:
    return lambda target, _form, act: verb(visit=target.visit, staff=target.staff, act=act)


def _slot(target: Target, form: SlotForm, act: Act) -> object:
    said = {"staff": target.staff, "span": form.span(), "act": act, "agreed": form.agreed.data}
    if target.visit and target.visit.state in LIVE:
        return visits.move(visit=target.visit, **said)
    return visits.propose(claim=target.claim, order=waiting_order(claim=target.claim), **said)


def _order(target: Target, form: OrderForm, act: Act) -> object:
    said = {"job": form.job(), "span": form.span(), "agreed": form.agreed.data, "act": act}
    return orders.plan(claim=target.claim, staff=target.staff, **said)


def _assign(target: Target, form: AssignForm, act: Act) -> object:
    said = {"service": form.service.data, "to": form.person, "payer": form.payer.data}
    return handling.assign(claim=target.claim, staff=target.staff, act=act, **said)


def _note(target: Target, form: NoteForm, act: Act) -> object:
    silent = Act(at=act.at, delays=act.delays, once_key=act.once_key)
    return handling.note(claim=target.claim, staff=target.staff, words=act.words, act=silent)


def _merge(target: Target, form: MergeForm, act: Act) -> object:
    into = queue.claim_for_staff(staff=target.staff, number=form.into.data, on=paris_day(act.at))
    if into is None:
        raise NotFoundError("Aucune réclamation que vous suivez ne porte ce numéro.")
    return handling.merge(claim=target.claim, staff=target.staff, into=into, act=act)


READ = "Le locataire lira ces mots, signés de votre fonction."
DOINGS = {
    "accuser": Doing(
        "acknowledge",
        "Accuser réception",
        "Accuser réception",
        "Le locataire sait que c’est reçu, et pour quand.",
        WordsForm,
        _simple(handling.acknowledge),
        "La date promise est écrite par le portail. " + READ,
        words_optional=True,
    ),
    "repondre": Doing(
        "answer",
        "Répondre au locataire",
        "Envoyer la réponse",
        "La réponse est envoyée.",
        WordsForm,
        _simple(handling.answer),
        READ,
        "send",
    ),
    "note": Doing(
        "note",
        "Note interne",
        "Garder la note",
        "La note est gardée. Le locataire ne la lira pas.",
        NoteForm,
        _note,
        "Pour vos collègues seulement : jamais montrée au locataire, ni sur un papier, ni dans un courriel.",
        "pencil",
    ),
    "confier": Doing(
        "assign",
        "Confier",
        "Confier",
        "La réclamation est confiée.",
        AssignForm,
        _assign,
        READ,
        "users",
        words_optional=True,
    ),
    "demander": Doing(
        "ask_tenant",
        "Demander une précision",
        "Envoyer la question",
        "La question est envoyée ; le délai s’arrête jusqu’à la réponse.",
        WordsForm,
        _simple(handling.ask_tenant),
        READ,
        "help-circle",
    ),
    "commander": Doing(
        "plan",
        "Commander des travaux",
        "Commander",
        "L’ordre est écrit, et le locataire le sait.",
        OrderForm,
        _order,
        READ,
        "hammer",
        words_optional=True,
    ),
    "passage": Doing(
        "visit_proposed",
        "Proposer un passage",
        "Proposer ce passage",
        "Le passage est proposé au locataire.",
        SlotForm,
        _slot,
        READ,
        "calendar-event",
        words_optional=True,
    ),
    "accepter": Doing(
        "visit_agreed",
        "Accepter le moment proposé",
        "Accepter ce moment",
        "Le passage est convenu.",
        MoveForm,
        _visit(visits.accept),
        READ,
        words_optional=True,
    ),
    "venus": Doing(
        "visit_kept",
        "Le passage a eu lieu",
        "Noter le passage",
        "C’est noté. Dites maintenant ce qui a été fait.",
        MoveForm,
        _visit(visits.say_they_came),
        READ,
        words_optional=True,
    ),
    "personne": Doing(
        "visit_missed",
        "Personne n’est venu",
        "Noter que personne n’est venu",
        "C’est noté. Proposez un autre passage.",
        MoveForm,
        _visit(visits.say_nobody_came),
        "Des excuses font du bien. " + READ,
        "alert-triangle",
        words_optional=True,
    ),
    "annuler-passage": Doing(
        "unplan",
        "Annuler le passage",
        "Annuler le passage",
        "Le passage est annulé.",
        MoveForm,
        _visit(visits.cancel),
        "Dites pourquoi. " + READ,
        "x",
    ),
    "annuler-travaux": Doing(
        "unplan",
        "Annuler l’intervention prévue",
        "Annuler l’intervention",
        "L’intervention est annulée.",
        MoveForm,
        _simple(handling.unplan),
        "Dites pourquoi. " + READ,
        "x",
    ),
    "faite": Doing(
        "mark_done",
        "Dire que c’est fait",
        "Dire que c’est fait",
        "Le locataire peut dire pendant 30 jours si c’est réparé.",
        WordsForm,
        _simple(handling.mark_done),
        "Dites ce qui a été fait ; une photo du travail fini vaut mieux qu’un long texte. " + READ,
        "circle-check",
    ),
    "terminer": Doing(
        "close",
        "Terminer sans travaux",
        "Terminer",
        "La réclamation est terminée.",
        WordsForm,
        _simple(handling.close),
        "Dites ce qui a été fait, ou pourquoi il n’y a rien à faire. Le locataire a 30 jours pour la rouvrir. " + READ,
    ),
    "refuser": Doing(
        "refuse",
        "Refuser",
        "Refuser la réclamation",
        "Le refus et sa raison sont envoyés.",
        WordsForm,
        _simple(handling.refuse),
        "La raison, en mots simples, et ce que le locataire peut faire. " + READ,
        "x",
    ),
    "reunir": Doing(
        "merge",
        "Réunir à une autre",
        "Réunir",
        "La réclamation est réunie à l’autre.",
        MergeForm,
        _merge,
        READ,
        "copy",
        words_optional=True,
    ),
    "rouvrir": Doing(
        "reopen",
        "Rouvrir",
        "Rouvrir la réclamation",
        "La réclamation est rouverte.",
        WordsForm,
        _simple(handling.reopen),
        READ,
        "refresh",
        words_optional=True,
    ),
}


def offered(claim: Claim, visit: Visit | None, at: datetime) -> dict[str, Doing]:
    """Return what may be done now with a claim whose last visit is `visit`, in the order of the buttons."""
    live = visit if visit and visit.state in LIVE else None
    fits = {
        "accepter": live and live.state == "proposed" and live.proposed_by == "tenant",
        "venus": live and visits.may_say_whether(live, at=at),
        "personne": live and visits.may_say_whether(live, at=at),
        "annuler-passage": live,
        "annuler-travaux": not live,
    }
    return {
        slug: doing
        for slug, doing in DOINGS.items()
        if moves.may(doing.verb, moves.OFFICE, claim.state) and fits.get(slug, True)
    }
