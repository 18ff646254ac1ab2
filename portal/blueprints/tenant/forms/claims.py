"""The forms of a réclamation that is followed: words to add, what is not repaired, another moment, satisfaction."""

from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import NumberRange, StopValidation

from portal.domain.works.visits import Span
from portal.web.forms import DayField, NumberField, OnceForm, PortalForm, at_most, needed
from portal.web.uploads import UploadsField

LONGEST = 4000
PHOTOS = 6
TOO_LONG = at_most(LONGEST, "Votre texte est trop long : 4 000 caractères au plus.")
SLOTS = {
    "08:00-10:00": "de 8 h à 10 h",
    "10:00-12:00": "de 10 h à 12 h",
    "12:00-14:00": "de 12 h à 14 h",
    "14:00-16:00": "de 14 h à 16 h",
    "16:00-18:00": "de 16 h à 18 h",
}


class WordsForm(OnceForm):
    """Words or photos to add to a claim; photos alone will do."""

    words = TextAreaField("Votre texte", validators=[TOO_LONG])
    photos = UploadsField("Photos", most=PHOTOS, pdf=False)

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for something to add."""
        if not field.data and not self.photos.data:
            raise StopValidation("Écrivez quelque chose, ou choisissez une photo.")


class NotRepairedForm(OnceForm):
    """« Ce n’est pas réparé »: words and photos help, but are not asked for."""

    words = TextAreaField("Qu’est-ce qui ne va pas ?", validators=[TOO_LONG])
    photos = UploadsField("Photos", most=PHOTOS, pdf=False)


class WithdrawForm(OnceForm):
    """Why one withdraws, if one likes."""

    words = TextAreaField("Pourquoi ?", validators=[TOO_LONG])


class RatingForm(PortalForm):
    """One to five, and a comment."""

    stars = NumberField(validators=[NumberRange(1, 5, "Choisissez de 1 à 5.")])
    comment = TextAreaField("Un mot de plus ?", validators=[at_most(1000)])


class OtherTimeForm(OnceForm):
    """Another moment for a visit."""

    day = DayField("Quel jour ?", validators=[needed("Choisissez un jour.")])
    slot = SelectField(
        "À quel moment ?",
        choices=[SelectChoice("", "Choisissez un moment"), *(SelectChoice(*each) for each in SLOTS.items())],
        validators=[needed("Choisissez un moment.")],
    )
    words = TextAreaField("Un mot pour l’Office", validators=[TOO_LONG])

    def span(self) -> Span:
        """Return the slot, as the verb takes it."""
        starts, ends = self.slot.data.split("-")
        return Span(self.day.data, starts, ends)
