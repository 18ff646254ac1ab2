"""A person who does nothing for two hours is shown the door; a page that asks for news by itself does nothing."""

import time

import pytest
from itsdangerous import TimestampSigner

HOUR = 3600


@pytest.fixture
def hours_pass(monkeypatch):
    """Let so many hours pass for the cookies."""
    began, passed = int(time.time()), [0]
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: began + passed[0])

    def wait(hours: float) -> None:
        passed[0] += int(hours * HOUR)

    return wait


def test_after_two_hours_one_signs_in_again(client_of, people, hours_pass):
    client = client_of(people.aminata)
    hours_pass(2.1)
    assert client.get("/espace").location.startswith("/acces")


def test_each_page_read_pushes_the_end_back(client_of, people, hours_pass):
    client = client_of(people.aminata)
    for _ in range(2):
        hours_pass(1.5)
        assert client.get("/espace").status_code == 200


def test_the_mark_that_asks_for_news_does_not(client_of, people, hours_pass):
    client = client_of(people.aminata)
    for _ in range(2):
        hours_pass(1.5)
        answer = client.get("/espace/messages/non-lus?vu=0", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/acces")
