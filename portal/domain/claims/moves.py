"""Every move of a réclamation, in one table: who may do what in which state, and the state it leads to.

What is not in the table is refused with a sentence. `SAME` leaves the state as it is: such a move adds words, or
changes who holds the claim.
"""

from dataclasses import dataclass

from portal.domain.errors import DomainError

OFFICE, TENANT, PORTAL = "office", "tenant", "portal"
SAME = ""

NEW, TAKEN, REOPENED = ("deposee", "accusee"), ("en_cours",), ("rouverte",)
WAITING = ("attente_locataire",)
PLANNED, DONE = ("intervention_planifiee",), ("intervention_realisee",)
AT_WORK = (*NEW, *TAKEN, *REOPENED, *WAITING)  # nothing is planned nor done
OPEN = (*AT_WORK, *PLANNED, *DONE)
OVER = ("close", "refusee", "annulee")


@dataclass(frozen=True)
class Move:
    """One line of the table."""

    verb: str
    who: str
    states: tuple[str, ...]
    to: str


MOVES = (
    Move("add_words", TENANT, WAITING, "en_cours"),
    Move("add_words", TENANT, (*NEW, *TAKEN, *REOPENED, *PLANNED, *DONE), SAME),
    Move("withdraw", TENANT, (*NEW, *TAKEN, *WAITING), "annulee"),
    Move("say_repaired", TENANT, DONE, "close"),
    Move("say_not_repaired", TENANT, (*DONE, "close"), "rouverte"),
    Move("acknowledge", OFFICE, ("deposee",), "accusee"),
    Move("assign", OFFICE, (*NEW, *REOPENED), "en_cours"),
    Move("assign", OFFICE, (*TAKEN, *WAITING, *PLANNED, *DONE), SAME),
    Move("answer", OFFICE, ("deposee",), "accusee"),
    Move("answer", OFFICE, tuple(state for state in (*OPEN, *OVER) if state != "deposee"), SAME),
    Move("note", OFFICE, (*OPEN, *OVER), SAME),
    Move("ask_tenant", OFFICE, (*NEW, *TAKEN, *REOPENED), "attente_locataire"),
    Move("plan", OFFICE, AT_WORK, "intervention_planifiee"),
    Move("plan", OFFICE, PLANNED, SAME),
    Move("unplan", OFFICE, PLANNED, "en_cours"),
    Move("mark_done", OFFICE, (*AT_WORK, *PLANNED), "intervention_realisee"),
    Move("close", OFFICE, (*AT_WORK, *DONE), "close"),
    Move("refuse", OFFICE, AT_WORK, "refusee"),
    Move("merge", OFFICE, AT_WORK, "close"),
    Move("reopen", OFFICE, (*DONE, "close", "refusee"), "rouverte"),
    Move("no_access", OFFICE, PLANNED, "en_cours"),
    Move("no_access", OFFICE, AT_WORK, SAME),
    Move("follow_on", OFFICE, PLANNED, "en_cours"),
    Move("follow_on", OFFICE, AT_WORK, SAME),
    Move("visit_proposed", OFFICE, AT_WORK, "intervention_planifiee"),
    Move("visit_proposed", OFFICE, PLANNED, SAME),
    Move("visit_agreed", OFFICE, AT_WORK, "intervention_planifiee"),
    Move("visit_agreed", TENANT, PLANNED, SAME),
    Move("visit_other_time", TENANT, PLANNED, SAME),
    Move("visit_agreed", OFFICE, PLANNED, SAME),
    Move("visit_moved", OFFICE, PLANNED, SAME),
    Move("visit_kept", TENANT, PLANNED, "en_cours"),
    Move("visit_kept", OFFICE, PLANNED, "en_cours"),
    Move("visit_missed", TENANT, PLANNED, "en_cours"),
    Move("visit_missed", OFFICE, PLANNED, "en_cours"),
    Move("close_after_silence", PORTAL, DONE, "close"),
)
TABLE = {(move.verb, move.who, state): move.to or state for move in MOVES for state in move.states}


class IllegalMoveError(DomainError):
    """The move is not in the table for this state."""


class ChangedMeanwhileError(DomainError):
    """Somebody moved the claim between the page and the form: nothing is done, the words stay in the form."""

    sentence = (
        "Cette réclamation a changé depuis que vous avez ouvert la page. Rien n’est perdu : vos mots sont encore "
        "ci-dessous. Lisez ce qui vient de se passer, puis envoyez de nouveau si c’est toujours utile."
    )


class WordsNeededError(DomainError):
    """The move says something to the tenant: it needs words."""


class TooLateError(DomainError):
    """The thirty days are over."""

    sentence = (
        "Le délai de 30 jours est passé. Si le problème est revenu, envoyez une nouvelle réclamation : "
        "nous la traiterons de la même façon."
    )


REFUSALS = {
    "add_words": "Cette réclamation est terminée. Si le problème est revenu, envoyez une nouvelle réclamation.",
    "withdraw": "Cette réclamation ne peut plus être retirée : une intervention est prévue, ou elle est terminée.",
    "say_repaired": "Il n’y a pas de travaux terminés à confirmer pour cette réclamation.",
    "say_not_repaired": "Il n’y a pas de travaux terminés à contester pour cette réclamation.",
    "acknowledge": "Cette réclamation a déjà reçu un accusé de réception.",
    "assign": "Cette réclamation est terminée : elle n’a plus de service. Rouvrez-la d’abord.",
    "ask_tenant": "On ne peut pas demander une précision maintenant : répondez plutôt, ou rouvrez la réclamation.",
    "plan": "On ne peut rien prévoir pour une réclamation terminée. Rouvrez-la d’abord.",
    "unplan": "Aucune intervention n’est prévue pour cette réclamation.",
    "mark_done": "Cette réclamation est déjà traitée ou terminée.",
    "close": "Cette réclamation ne peut pas être terminée maintenant : une intervention est prévue, "
    "ou elle est déjà terminée.",
    "refuse": "Cette réclamation ne peut plus être refusée : une intervention est prévue, faite, ou elle est terminée.",
    "merge": "Cette réclamation ne peut pas être réunie à une autre : une intervention est prévue, "
    "ou elle est terminée.",
    "reopen": "Cette réclamation est encore ouverte, ou elle a été annulée par le locataire.",
    "close_after_silence": "Cette réclamation n’attend pas la réponse du locataire.",
}
VISIT_OVER = "Ce passage n’est plus d’actualité : regardez ce qui a changé sur la page de la réclamation."


def after(verb: str, who: str, state: str) -> str:
    """Return the state a move leads to. Raises IllegalMoveError, with a sentence, for one that is not in the table."""
    try:
        return TABLE[verb, who, state]
    except KeyError:
        raise IllegalMoveError(REFUSALS.get(verb, VISIT_OVER)) from None


def may(verb: str, who: str, state: str) -> bool:
    """Say whether the table has the move."""
    return (verb, who, state) in TABLE


def is_over(state: str) -> bool:
    """A claim closed, refused or withdrawn waits for nobody."""
    return state in OVER
