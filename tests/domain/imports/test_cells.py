"""What a cell may hold, and that nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.imports import cells

READERS = {
    "text": cells.text(),
    "code": cells.code,
    "digits": cells.digits(12),
    "day": cells.day,
    "month": cells.month,
    "amount": cells.amount,
    "positive": cells.positive,
    "charged": cells.charged,
    "whole": cells.whole(1, 31),
    "hundredths": cells.hundredths(1, 1000),
    "mail": cells.mail,
    "phone": cells.phone,
}


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        ("text", "  Les   Tilleuls ", "Les Tilleuls"),
        ("digits", "0000 0000 0042", "000000000042"),
        ("day", "1/6/2026", "2026-06-01"),
        ("day", "2026-06-01", "2026-06-01"),
        ("month", "2026-06", "2026-06"),
        ("amount", "-49,09", -4909),
        ("amount", "1 234,5", 123450),
        ("amount", "407.55", 40755),
        ("charged", "0,00", 0),
        ("whole", "31", 31),
        ("hundredths", "65,5", 6550),
        ("phone", "+33 1 99 00 12 34", "+33 1 99 00 12 34"),
    ],
)
def test_what_is_well_written_is_read(reader, cell, value):
    assert READERS[reader](cell) == value


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        ("text", "   "),
        ("text", "x" * 201),
        ("text", "a\x00b"),
        ("code", "deux mots"),
        ("code", "a\x00b"),
        ("digits", "٠٠٠٠٠٠٠٠٠٠٤٢"),
        ("day", "31/02/2026"),
        ("day", "01/06/26"),
        ("day", "01/06/9999"),
        ("month", "2026-13"),
        ("amount", "12,345"),
        ("amount", "1e5"),
        ("amount", "nan"),
        ("amount", "0"),
        ("positive", "-1"),
        ("whole", "--5"),
        ("whole", "32"),
        ("hundredths", "65,5 m²"),
        ("mail", "aminata"),
        ("phone", "appeler la loge"),
    ],
)
def test_what_is_not_is_refused_with_what_was_expected(reader, cell):
    with pytest.raises(ValueError, match=r"^un|^[0-9]"):
        READERS[reader](cell)


@given(cell=st.text(max_size=60))
def test_no_cell_makes_a_reader_fail_otherwise_than_by_saying_what_it_expected(cell):
    said = [refusal(read, cell) for read in READERS.values()]
    assert all(words[:1] in "u0123456789" for words in said)  # « un… », « 12 chiffres »: never Python's own words


def refusal(read: cells.Reader, cell: str) -> str:
    """What a reader says of a cell it refuses; nothing of one it reads."""
    try:
        read(cell)
    except ValueError as expected:
        return str(expected)
    return ""
