"""The protocol: worked signatures, an outside witness, and what is no notification."""

import json
import random
import warnings
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.payments import systempay
from portal.domain.payments.systempay import News, Notice, Shop, UnreadableError
from tests.people import NOW

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from eopayment.systempayv2 import Payment as Witness

VECTORS = json.loads((Path(__file__).parent / "systempay_vectors.json").read_text("utf-8"))
KEY = "1122334455667788"
SHOP = Shop("12345678", "TEST", {"TEST": KEY})
names = st.from_regex(r"vads_[a-z_0-9]{1,30}", fullmatch=True)
values = st.text(st.characters(codec="utf-8"), max_size=60)
field_sets = st.dictionaries(names, values, max_size=30).map(lambda fields: fields | {"vads_ctx_mode": "TEST"})
keys = st.from_regex(r"[0-9A-Za-z]{16}", fullmatch=True)


def witness(key: str) -> Witness:
    """Return eopayment's own hand at the same signature."""
    return Witness({"secret_test": key, "vads_ctx_mode": "TEST", "site_id": "1", "signature_algo": "hmac_sha256"})


def asked(**changes) -> dict[str, str]:
    """Return the fields of a request for 486,01 €."""
    wish = {"shop": SHOP, "order_number": "PAY-20261123-000017", "trans_id": "000017", "at": NOW, "amount_cents": 48601}
    wish |= {"customer": "0001", "return_url": "https://portail.example/espace/paiement/PAY-20261123-000017"}
    return systempay.request(**wish | changes)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_worked_signatures_are_ours(vector):
    assert systempay.signature(vector["fields"], vector["key"]) == vector["signature_hmac_sha256"]
    assert systempay.read(vector["body"].encode()).is_signed_by(vector["key"])


@given(field_sets, keys)
def test_an_outside_witness_signs_as_we_do(fields, key):
    assert systempay.signature(fields, key) == witness(key).signature(fields)


def test_an_outside_witness_agrees_on_hundreds_of_field_sets():
    draws, hand = random.Random(5), witness(KEY)
    letters = "abcXYZ019 +=&%é’ŞЖ字\n\"'<"
    for _ in range(300):
        fields = {f"vads_{draws.choice('abcxyz')}{rank}": "".join(draws.choices(letters, k=rank)) for rank in range(12)}
        fields["vads_ctx_mode"] = "TEST"
        assert systempay.signature(fields, KEY) == hand.signature(fields)


@given(field_sets, keys, values)
def test_what_the_witness_signed_we_believe_and_nothing_else(fields, key, other):
    stamp = witness(key).signature(fields)
    assert Notice({**fields, "signature": stamp}).is_signed_by(key)
    assert Notice({**fields, "signature": other}).is_signed_by(key) == (other == stamp)


def test_a_form_asks_for_one_immediate_payment_in_euros():
    fields = asked()
    assert (fields["vads_amount"], fields["vads_currency"]) == ("48601", "978")
    assert (fields["vads_trans_date"], fields["vads_trans_id"]) == ("20261123100000", "000017")
    assert (fields["vads_payment_config"], fields["vads_return_mode"]) == ("SINGLE", "GET")
    assert Notice(fields).is_signed_by(KEY)


def test_no_signed_value_can_be_taken_apart():
    with pytest.raises(ValueError, match="plus"):
        asked(customer="a+AUTHORISED+DEBIT")


def test_without_a_key_nothing_is_signed():
    assert not Notice(systempay.signed({"vads_amount": "1"}, "")).is_signed_by("")
    assert Shop("1", "TEST").key_of("TEST") == ""


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"vads_amount=%ff", b"vads_amount=1&vads_amount=2", b"a=" + b"x" * 70_000, b"&".join([b"a=1"] * 300)],
)
def test_what_no_bank_would_send_is_unreadable(body):
    with pytest.raises(UnreadableError):
        systempay.read(body)


@given(st.binary(max_size=400))
def test_no_rubbish_breaks_the_reading(body):
    try:
        notice = systempay.read(body)
    except UnreadableError:
        return
    assert not notice.is_signed_by(KEY)
    assert notice.amount_cents is None or notice.amount_cents >= 0


@pytest.mark.parametrize("text", ["", "-1", "1e3", "12.50", "٣", "1" * 13, " 5"])
def test_what_is_no_amount_is_none(text):
    assert Notice({"vads_amount": text}).amount_cents is None


@pytest.mark.parametrize(
    ("status", "news"),
    [
        ("AUTHORISED", News.PAID),
        ("CAPTURED", News.PAID),
        ("ACCEPTED", News.UNKNOWN),  # of a verification: no money
        ("UNDER_VERIFICATION", News.PENDING),
        ("REFUSED", News.REFUSED),
        ("ABANDONED", News.ABANDONED),
        ("CAPTURE_FAILED", News.UNDONE),
        ("authorised", News.UNKNOWN),
        ("", News.UNKNOWN),
    ],
)
def test_the_status_decides(status, news):
    assert Notice({"vads_trans_status": status}).news is news


def test_the_key_is_never_shown():
    assert KEY not in repr(SHOP)
    assert KEY not in repr(systempay.read(VECTORS[2]["body"].encode()))


def test_the_moment_of_the_transaction_is_read_or_left_out():
    assert Notice({"vads_effective_creation_date": "20260704081633"}).made_at == datetime.fromisoformat(
        "2026-07-04T08:16:33+00:00"
    )
    assert Notice({"vads_effective_creation_date": "hier"}).made_at is None
