"""The forms of the guide that files a réclamation: one question each."""

from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import NumberRange, Regexp, StopValidation
from wtforms.widgets import HiddenInput

from portal.blueprints.tenant.forms.profile import PHONE
from portal.domain.filing.guidance import PLACES, natures_at
from portal.domain.filing.policy import MOST_PHOTOS
from portal.domain.housing.models import Lease
from portal.web.forms import NumberField, OnceForm, PortalForm, at_most, chosen, needed
from portal.web.uploads import UploadsField

LONGEST = 4000
TOO_LONG = at_most(LONGEST, "Votre texte est trop long : 4 000 caractères au plus.")


class GoOnForm(PortalForm):
    """A page that is only read: its button goes on."""


class LeaseForm(PortalForm):
    """Which dwelling, for who has several."""

    lease = RadioField("Quel logement ?", coerce=int, validators=[chosen("Choisissez le logement.")])

    def offer(self, leases: list[Lease]) -> None:
        """Offer the running leases."""
        self.lease.choices = [SelectChoice(each.id, each.dwelling.building.address) for each in leases]


class PlaceForm(PortalForm):
    """Where the problem is."""

    place = RadioField(
        "Où est le problème ?",
        choices=[SelectChoice(code, place.word) for code, place in PLACES.items()],
        validators=[chosen("Choisissez où est le problème.")],
    )


class NatureForm(PortalForm):
    """What it is about."""

    nature = RadioField("De quoi s’agit-il ?", validators=[chosen("Choisissez de quoi il s’agit.")])

    def offer(self, place: str) -> None:
        """Offer what may be met at a place."""
        self.nature.choices = [SelectChoice(code, words[0]) for code, words in natures_at(place).items()]


class SameForm(PortalForm):
    """The number of a claim to follow, or nothing: go on."""

    follow = StringField(validators=[at_most(40)])


class DescriptionForm(PortalForm):
    """What happens, in one's own words."""

    description = TextAreaField(
        "Votre description", validators=[needed("Écrivez ce qui se passe, en quelques mots."), TOO_LONG]
    )


class PhotosForm(PortalForm):
    """Photos to add, then `go`: add others, or go on."""

    photos = UploadsField("Choisir des photos", most=MOST_PHOTOS, pdf=False)
    go = StringField()


class VisitForm(PortalForm):
    """Whether the tenant wants to be there, and when somebody is home."""

    entry = RadioField(
        "Si quelqu’un doit venir",
        choices=[
            SelectChoice("present", "Je préfère être présent"),
            SelectChoice("absence", "Vous pouvez entrer en mon absence, en me prévenant avant"),
        ],
        validators=[chosen("Choisissez si vous voulez être présent.")],
    )
    home_when = StringField("Quand y a-t-il quelqu’un chez vous ?", [at_most(300)])

    def validate_home_when(self, field: StringField) -> None:
        """Ask when, of who wants to be there."""
        if self.entry.data == "present" and not field.data:
            raise StopValidation("Écrivez quand il y a quelqu’un chez vous.")


class DetailsForm(PortalForm):
    """How to reach the tenant, and what the workman should know."""

    phone = StringField(
        "Votre téléphone",
        [at_most(30), Regexp(PHONE, message="Écrivez un numéro complet. Exemple : 06 12 34 56 78")],
    )
    pets = StringField("Un animal chez vous ?", [at_most(100)])
    notes = TextAreaField("Autre chose à savoir ?", [at_most(500)])


class CheckForm(OnceForm):
    """What was checked is sent: the key and the version of what is on the page."""

    version = NumberField(widget=HiddenInput(), validators=[NumberRange(min=0, max=10**9)])
