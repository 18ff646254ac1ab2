"""The forms of the Office's moves on a réclamation. Each keeps what was typed, and what the page had seen."""

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from portal.domain.claims import queue
from portal.domain.claims.models import OFFICE_SERVICES, PAYERS, Claim
from portal.domain.claims.natures import NATURES, PLACES_AT_THE_OFFICE
from portal.domain.people.models import Staff
from portal.domain.works import queries as works
from portal.domain.works.orders import Job
from portal.domain.works.visits import Span
from portal.web.filters import format_function
from portal.web.forms import DayField, NumberField, OnceForm, at_most, chosen, needed
from portal.web.uploads import UploadsField

LONGEST = at_most(4000, "Votre texte est trop long : 4 000 caractères au plus.")
SERVICES = {
    "loge": "La loge",
    "gestion_locative": "Service gestion locative",
    "technique": "Service technique",
    "comptabilite": "Service comptabilité",
}
PAYER_WORDS = {
    "a_determiner": "À déterminer",
    "office": "L’Office",
    "locataire": "Le locataire",
    "contrat_entretien": "Un contrat d’entretien (charges)",
    "assurance": "Les assurances",
}
CHANNELS = {"phone": "Au téléphone", "counter": "Au guichet ou à la loge", "letter": "Par courrier"}
HOURS = [f"{hour:02d}:{minute:02d}" for hour in range(7, 20) for minute in (0, 30)]
HOUR_CHOICES = [SelectChoice("", "Choisissez"), *(SelectChoice(each, each.replace(":", " h ")) for each in HOURS)]


class MoveForm(OnceForm):
    """What every move has: words the tenant reads, and how many moves the page had seen."""

    seen = HiddenField()
    words = TextAreaField("Ce que le locataire lira", [LONGEST])

    def prepare(self, claim: Claim) -> None:
        """Note what this page shows; a form that comes back keeps what it had seen."""
        self.seen.data = self.seen.data or str(claim.moves)

    def said(self) -> dict:
        """Return what the verb needs of the form."""
        seen = self.seen.data or ""
        photos = self.photos.checked if "photos" in self else ()
        return {
            "words": self.words.data or "",
            "once_key": self.once_key.data,
            "seen": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None,
            "photos": photos,
        }


class WordsForm(MoveForm):
    """Words and photos for the tenant."""

    photos = UploadsField("Photos", most=6, pdf=False)


class NoteForm(MoveForm):
    """Words for the Office alone."""

    words = TextAreaField("Note interne, que le locataire ne lira jamais", [LONGEST])


class AssignForm(MoveForm):
    """Who deals with it, and who pays."""

    service = SelectField(
        "Confier à",
        choices=[SelectChoice(each, SERVICES[each]) for each in OFFICE_SERVICES],
        validators=[needed("Choisissez.")],
    )
    to = SelectField("Une personne", validators=[Optional()])
    payer = SelectField("Qui paie ?", choices=[SelectChoice(each, PAYER_WORDS[each]) for each in PAYERS])

    def prepare(self, claim: Claim) -> None:
        """Offer the Office's people; begin from what is known."""
        super().prepare(claim)
        self.people = {str(each.id): each for each in queue.colleagues()}
        named = [
            SelectChoice(key, f"{each.name} ({format_function(each.function)})") for key, each in self.people.items()
        ]
        self.to.choices = [SelectChoice("", "Personne en particulier"), *named]
        if not self.is_submitted():
            self.service.data, self.payer.data = claim.service, claim.payer
            self.to.data = str(claim.assigned_to_id or "")

    @property
    def person(self) -> Staff | None:
        """The person chosen, if any."""
        return self.people.get(self.to.data or "")


class SlotForm(MoveForm):
    """A visit: a day, two times, and whether the tenant has already said yes."""

    day = DayField("Jour du passage", [needed("Choisissez un jour.")])
    starts = SelectField("De", choices=HOUR_CHOICES, validators=[needed("Choisissez l’heure de début.")])
    ends = SelectField("À", choices=HOUR_CHOICES, validators=[needed("Choisissez l’heure de fin.")])
    agreed = BooleanField("Le locataire est déjà d’accord (dit au téléphone ou sur place)")
    day_off_agreed = BooleanField("Le locataire accepte un samedi, un dimanche ou un jour férié")

    def span(self) -> Span:
        """Return the slot, as the verb takes it."""
        return Span(self.day.data, self.starts.data, self.ends.data, self.day_off_agreed.data)


class OrderForm(MoveForm):
    """An order to a company, with its visit if there is one."""

    kind = RadioField(
        "Quel ordre ?",
        choices=[
            SelectChoice("BT", "Bon de travaux (petits travaux)"),
            SelectChoice("OS", "Ordre de service (chantier)"),
        ],
        default="BT",
        validators=[chosen("Choisissez le type d’ordre.")],
    )
    contractor = SelectField("Entreprise", validators=[needed("Choisissez l’entreprise.")])
    subject = StringField("Travaux à faire", [needed("Écrivez les travaux à faire."), at_most(200)])
    instructions = TextAreaField("Consignes pour l’entreprise, que le locataire ne lira pas", [at_most(2000)])
    execution_days = NumberField("Délai d’exécution, en jours", [Optional(), NumberRange(1, 365, "De 1 à 365 jours.")])
    day = DayField("Jour du passage, si l’on en propose un", [Optional()])
    starts = SelectField("De", choices=HOUR_CHOICES, validators=[Optional()])
    ends = SelectField("À", choices=HOUR_CHOICES, validators=[Optional()])
    agreed = BooleanField("Le locataire est déjà d’accord (dit au téléphone ou sur place)")
    day_off_agreed = BooleanField("Le locataire accepte un samedi, un dimanche ou un jour férié")

    def prepare(self, claim: Claim) -> None:
        """Offer the companies."""
        super().prepare(claim)
        self.companies = {str(each.id): each for each in works.contractors()}
        named = [
            SelectChoice(key, f"{each.name} ({each.trade})" if each.trade else each.name)
            for key, each in self.companies.items()
        ]
        self.contractor.choices = [SelectChoice("", "Choisissez une entreprise"), *named]

    def job(self) -> Job:
        """Return what is ordered."""
        return Job(
            kind=self.kind.data,
            contractor=self.companies[self.contractor.data],
            subject=self.subject.data,
            execution_days=self.execution_days.data,
            instructions=self.instructions.data or "",
        )

    def span(self) -> Span | None:
        """Return the slot, if one is proposed."""
        if not self.day.data:
            return None
        return Span(self.day.data, self.starts.data or "", self.ends.data or "", self.day_off_agreed.data)


class MergeForm(MoveForm):
    """The number of the claim that goes on."""

    into = StringField("Numéro de la réclamation qui continue", [needed("Écrivez le numéro."), at_most(20)])


PLACE_CHOICES = [SelectChoice(code, words) for code, words in PLACES_AT_THE_OFFICE.items()]
NATURE_CHOICES = [SelectChoice("", "Choisissez"), *(SelectChoice(code, word) for code, (word, _) in NATURES.items())]
CHANNEL_CHOICES = [SelectChoice(*each) for each in CHANNELS.items()]
