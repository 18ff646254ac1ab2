"""The Office's first page, the help and the legal pages: anyone reads them, signed in or not."""

import pytest
from flask import Flask, url_for

from portal.db import db
from portal.web.menus import SEND, VIEW
from tests.pages import plain

PAGES = ("/", "/aide", "/mentions-legales", "/donnees-personnelles", "/accessibilite")


@pytest.mark.parametrize("url", PAGES)
def test_anyone_may_read_a_public_page(client, visit, url):
    visit(client, url)


@pytest.mark.parametrize("url", PAGES)
def test_a_signed_in_tenant_may_read_it_too(client_of, people, visit, url):
    visit(client_of(people.aminata), url)


def test_the_home_page_of_the_site_leads_to_the_tenants_space(client, visit):
    doors = {plain(link.get_text()): link["href"] for link in visit(client, "/").main.find_all("a")}
    assert doors["Espace locataires"] == "/acces"


def test_the_home_page_says_the_state_of_accessibility(client, visit):
    link = visit(client, "/").select_one("footer a[href='/accessibilite']")
    assert plain(link.get_text()) == "Accessibilité : partiellement conforme"


def test_gas_comes_first_among_the_numbers_to_call(client, visit):
    numbers = visit(client, "/").select(".numbers .definition__line")
    assert plain(numbers[0].dt.get_text()) == "Odeur de gaz"
    assert numbers[0].a["href"] == "tel:0800473333"


@pytest.mark.parametrize("url", PAGES)
def test_the_help_is_at_the_top_of_every_page(client, visit, url):
    assert visit(client, url).select_one("header #help-link")["href"].startswith("/aide")


def test_each_line_of_the_menu_has_its_help(app: Flask, client, visit):
    with app.test_request_context():
        sections = {url_for(endpoint).split("/")[2] for _, endpoint, _ in (*VIEW, *SEND)}
    ids = {tag["id"] for tag in visit(client, "/aide").find_all(id=True)}
    assert sections <= ids


def test_each_link_inside_the_help_finds_its_section(client, visit):
    page = visit(client, "/aide")
    for link in page.select(".contents a"):
        assert page.find(id=link["href"].removeprefix("#")), link


def test_the_help_gives_the_phone_the_hours_and_the_loge(client, visit):
    contact = plain(visit(client, "/aide").find(id="contact").get_text(" "))
    assert "01 48 79 00 00" in contact
    assert "du lundi au vendredi" in contact
    assert "loge" in contact


def test_a_tenant_finds_their_own_loge_in_the_help(client_of, people, visit):
    contact = plain(visit(client_of(people.aminata), "/aide").find(id="contact").get_text(" "))
    assert "Votre loge : Loge Les Peupliers" in contact
    assert "Les Tilleuls" not in contact


@pytest.mark.parametrize("word", ["Avis d'échéance", "Quittance", "Reçu", "APL", "Régularisation de charges"])
def test_the_glossary_explains_the_words_of_the_office(client, visit, word):
    words = [plain(term.get_text()) for term in visit(client, "/aide").select(".glossary dt")]
    assert word in words


def test_only_agents_are_told_how_the_office_side_works(client, client_of, people, visit):
    assert visit(client, "/aide").find(id="bureau") is None
    assert visit(client_of(people.manager), "/aide").find(id="bureau") is not None


def test_the_accessibility_statement_gives_a_way_to_complain(client, visit):
    statement = plain(visit(client, "/accessibilite").main.get_text(" "))
    assert "partiellement conforme" in statement
    assert "Aucun organisme extérieur ne l'a encore contrôlé" in statement
    assert "Défenseur des droits" in statement


def test_the_home_page_asks_nothing_of_the_database(client, monkeypatch):
    asked = []
    execute = db.execute_sql
    monkeypatch.setattr(db, "execute_sql", lambda sql, *args, **kw: asked.append(sql) or execute(sql, *args, **kw))
    client.get("/")
    assert [sql for sql in asked if not sql.startswith("PRAGMA")] == []
