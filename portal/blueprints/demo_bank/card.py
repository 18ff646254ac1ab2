"""The page where one would type a card's number: here one chooses what the bank will say."""

from flask import Response, abort, request

from portal.blueprints.demo_bank import blueprint
from portal.domain.payments import demo_bank
from portal.web.bank import the_shop
from portal.web.clock import now
from portal.web.htmx import render, see


@blueprint.post("", endpoint="card")
def card() -> Response:
    """Show the amount and the order, and a button for each thing a bank may answer."""
    fields = request.form.to_dict()
    return render("demo_bank/card.html", asked=demo_bank.read(fields=fields, shop=the_shop()), fields=fields)


@blueprint.post("/reponse")
def answer() -> Response:
    """Do what the button says: tell the portal through the worker, and send the browser back."""
    fields = request.form.to_dict()
    way = fields.pop("way", "")
    if way not in demo_bank.WAYS:
        abort(400)
    shop = the_shop()
    asked = demo_bank.read(fields=fields, shop=shop)
    return see(demo_bank.decide(asked=asked, way=way, shop=shop, at=now()))
