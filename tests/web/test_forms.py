"""What every form does with what is typed."""

import pytest
from wtforms import StringField
from wtforms.validators import Email, NumberRange

from portal.web.forms import NumberField, PortalForm, at_most


class Planted(PortalForm):
    """One field."""

    email = StringField("Courriel", [at_most(9), Email(message="Adresse incomplète.")])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("a" * 10, ["C’est trop long : 9 caractères au plus."]), ("a" * 9, ["Adresse incomplète."]), ("a@b.fr", [])],
)
def test_what_is_too_long_is_said_to_be_so_and_read_no_further(app, typed, said):
    with app.test_request_context("/", method="POST", data={"email": typed}):
        form = Planted()
        assert form.validate() is (not said)
    assert form.email.errors == said


class Counted(PortalForm):
    """One number."""

    count = NumberField("Combien", [NumberRange(1, 36, "De 1 à 36.")])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12", []), ("37", ["De 1 à 36."]), ("9" * 400, ["Ce nombre est trop long : 9 chiffres au plus.", "De 1 à 36."])],
)
def test_a_number_that_nobody_means_is_refused_however_long(app, typed, said):
    with app.test_request_context("/", method="POST", data={"count": typed}):
        form = Counted()
        assert form.validate() is (not said)
    assert [*form.count.errors] == said
