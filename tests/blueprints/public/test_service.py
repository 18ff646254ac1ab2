"""What machines ask for."""

from portal import db


def test_the_service_is_well_when_the_database_answers(client):
    response = client.get("/sante")
    assert (response.status_code, response.mimetype, response.text) == (200, "text/plain", "ok\n")


def test_the_service_is_not_well_when_the_database_does_not(app, client, monkeypatch):
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    def broken(_method: str) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(db, "open_for", broken)
    assert client.get("/sante").status_code == 500


def test_robots_stay_out_of_everything_behind_a_password(client):
    assert {"Disallow: /espace", "Disallow: /bureau"} <= set(client.get("/robots.txt").text.splitlines())


def test_old_browsers_find_the_picture_of_the_tab(client):
    with client.get("/favicon.ico") as response:
        assert (response.status_code, response.mimetype) == (200, "image/png")
