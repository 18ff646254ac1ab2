"""The forms of an order."""

from wtforms import RadioField, SelectChoice, StringField, TextAreaField

from portal.domain.works.orders import Outcome
from portal.web.forms import DayField, OnceForm, PortalForm, at_most, chosen, needed
from portal.web.uploads import UploadsField

OUTCOMES = {
    "done": "Les travaux sont faits",
    "follow_on": "Une partie est faite, il reste à faire",
    "no_access": "L’entreprise n’a pas pu entrer",
}


class OutcomeForm(OnceForm):
    """How the work ended."""

    kind = RadioField(
        "Comment cela s’est-il passé ?",
        choices=[SelectChoice(*each) for each in OUTCOMES.items()],
        validators=[chosen("Dites comment cela s’est passé.")],
    )
    done_on = DayField("Quel jour ?", [needed("Choisissez le jour.")])
    words = TextAreaField("Ce qui a été fait, comme le locataire le lira", [at_most(4000)])
    remains = StringField("Ce qui reste à faire, comme le locataire le lira", [at_most(300)])
    photos = UploadsField("Photos", most=6, pdf=False)

    def outcome(self) -> Outcome:
        """Return the outcome, as the verb takes it."""
        return Outcome(self.kind.data, self.done_on.data, self.remains.data or "")


class StateForm(PortalForm):
    """The state an order goes to."""

    state = StringField()
