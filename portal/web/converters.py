"""What an address may hold: bounded numbers and plain references, so that nonsense is a 404 and not a fault."""

from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError

from portal.kernel.periods import Month
from portal.web.application import Portal


class NumberConverter(IntegerConverter):
    """A row's number: positive, and small enough for the database."""

    regex = r"[0-9]{1,15}"


class ReferenceConverter(BaseConverter):
    """A number printed on paper: letters, digits and dashes."""

    regex = r"[0-9A-Za-z-]{1,40}"


class MonthConverter(BaseConverter):
    """A month, « 2026-06 »."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        """Return the month, or no match."""
        try:
            return Month.parse(value)
        except ValueError:
            raise ValidationError from None


def register(app: Portal) -> None:
    """Name the converters."""
    app.url_map.converters.update(number=NumberConverter, ref=ReferenceConverter, month=MonthConverter)
