"""Every answer carries what protects it."""

import pytest

from tests.fixtures.files import picture
from tests.structure.conftest import SIGNED_IN

FORBIDDEN = ("unsafe-inline", "unsafe-eval", "*", "http:", "data:")


@pytest.mark.parametrize("side", ["public", "access", *SIGNED_IN])
def test_every_answer_is_protected_and_what_is_of_a_person_is_kept_nowhere(visited, side):
    for url, look in visited[side].looks.items():
        headers = look.answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, url
        assert not [word for word in FORBIDDEN if word in policy.replace("'", "").replace(";", "").split()], url
        assert headers["X-Content-Type-Options"] == "nosniff", url
        assert headers["Referrer-Policy"] == "same-origin", url
        assert headers["X-Frame-Options"] == "DENY", url
        if side in SIGNED_IN:
            assert headers["Cache-Control"] == "no-store, private", url


def test_what_people_sent_is_given_back_as_a_file_that_runs_nothing(client_of, people, own):
    aminata = client_of(people.aminata)
    for url in (f"/espace/reclamations/photos/{own.photo}", f"/espace/messages/pieces/{own.attachment}"):
        with aminata.get(url) as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert answer.get_data()[:3] == picture()[:3]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client_of, people):
    answer = client_of(people.aminata).get("/espace")
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
