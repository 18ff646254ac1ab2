"""The counters where people come. Each package holds its Blueprint, its prefix and its guard."""

from portal.web.application import Portal


def register_blueprints(app: Portal) -> None:
    """Open every counter of the portal."""
    from portal.blueprints.access import blueprint as access
    from portal.blueprints.bank import blueprint as bank
    from portal.blueprints.office import blueprint as office
    from portal.blueprints.public import blueprint as public
    from portal.blueprints.tenant import blueprint as tenant

    for blueprint in (public, access, tenant, office, bank):
        app.register_blueprint(blueprint)
    if app.portal.bank.demo:
        from portal.blueprints.demo_bank import blueprint as demo_bank

        app.register_blueprint(demo_bank)
