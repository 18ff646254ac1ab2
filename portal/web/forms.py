"""What every form shares: trimmed text, French sentences, and a one-time key where something is created."""

import secrets

from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.i18n import get_translations
from wtforms.validators import InputRequired, Length, Regexp, StopValidation, ValidationError

from portal.kernel.money import in_euros, parse_euros

ONCE_KEY = r"[0-9a-f]{32}"
LARGEST_CENTS = 10_000_000
MOST_DIGITS = 9  # what one column holds on any system, and more than anybody counts


def trimmed(text: str | None) -> str | None:
    """Drop the spaces around what was typed, and what no person types (NUL)."""
    return text.replace("\x00", "").strip() if isinstance(text, str) else text


def fresh_key() -> str:
    """Return a new one-time key, for a form that is only a button."""
    return secrets.token_hex(16)


class French:
    """WTForms' built-in sentences in French, the commonest in our words, with curly apostrophes."""

    OURS = {"Not a valid choice.": "Choisissez dans la liste."}

    def gettext(self, sentence: str) -> str:
        """Return a sentence in French."""
        return self.OURS.get(sentence) or get_translations(["fr"]).gettext(sentence).replace("'", "’")

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a sentence that goes with a number."""
        return get_translations(["fr"]).ngettext(one, many, number).replace("'", "’")


class PortalForm(FlaskForm):
    """A form of the portal: text is trimmed, the built-in sentences are French."""

    leads: tuple[str, ...] = ()  # the fields a page shows before those of the parent form

    @property
    def errors(self) -> dict[str | None, list[str]]:
        """Return what is wrong, in the page's order."""
        found = super().errors
        return {name: found[name] for name in sorted(found, key=lambda name: name not in self.leads)}

    class Meta(FlaskForm.Meta):
        locales = ["fr_FR", "fr"]

        def get_translations(self, form: BaseForm) -> French:
            """Say the built-in sentences in French: Flask-WTF leaves them in English without Flask-Babel."""
            return French()

        def bind_field(self, form: BaseForm, unbound_field: UnboundField, options: dict) -> Field:
            """Trim every text field."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and kind.__name__ != "PasswordField":
                options.setdefault("filters", []).append(trimmed)
            return unbound_field.bind(form=form, **options)


class OnceForm(PortalForm):
    """A form that creates something: sent twice, it creates once."""

    once_key = HiddenField(
        default=fresh_key,
        validators=[Regexp(ONCE_KEY, message="Cette page a expiré. Rechargez-la, puis recommencez.")],
    )


class DayField(DateField):
    """A day of the calendar; one that does not exist is refused with a sentence that says how to write it."""

    def _value(self) -> str:
        return trimmed(super()._value()) or ""  # what was typed comes back in the page

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say what is wrong with it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Ce jour n’existe pas. Écrivez le jour, le mois et l’année : 31/12/2026.") from None


class NumberField(IntegerField):
    """A whole number of a few digits; a longer one is no number that anybody means."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say that it is none."""
        if any(len(typed.strip()) > MOST_DIGITS for typed in valuelist):
            raise ValueError(f"Ce nombre est trop long : {MOST_DIGITS} chiffres au plus.")
        super().process_formdata(valuelist)


class Needed:
    """A field that may not be left empty, spaces included."""

    field_flags = {"required": True}

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Refuse an empty field with its own sentence."""
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = []
            raise StopValidation(self.sentence)


def needed(sentence: str) -> Needed:
    """Ask for the field, with the sentence that says what to write."""
    return Needed(sentence)


def chosen(sentence: str) -> InputRequired:
    """Ask for one of the choices, with the sentence that says so."""
    return InputRequired(message=sentence)


class _AtMost(Length):
    """Says that it is too long, and no more: to look for an address in a megabyte takes a quarter of a second."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        try:
            super().__call__(form, field)
        except ValidationError as error:
            raise StopValidation(str(error)) from None


def at_most(characters: int, sentence: str = "") -> Length:
    """Refuse more than so many characters, before anything else is looked for in them."""
    return _AtMost(max=characters, message=sentence or f"C’est trop long : {characters} caractères au plus.")


class EuroField(StringField):
    """An amount in euros, more than zero, as a person types it (« 1 234,56 », « 1234.5 »); `cents` once it is valid."""

    cents: int = 0

    def pre_validate(self, form: BaseForm) -> None:
        """Read the amount, or say how to write one. An empty field is left to the other validators."""
        if not self.data:
            return
        try:
            self.cents = parse_euros(self.data)
        except ValueError:
            raise StopValidation("Écrivez un montant en euros, par exemple 386,01.") from None
        if self.cents <= 0:
            raise StopValidation("Le montant doit être plus grand que zéro.")
        if self.cents > LARGEST_CENTS:
            raise StopValidation(f"Ce montant est trop grand : {in_euros(LARGEST_CENTS)} au plus.")
