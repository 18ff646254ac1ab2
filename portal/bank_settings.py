"""The settings of the shop at the bank: `[bank]` of portal.toml, the environment over it, and what cannot be."""

import hmac
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MODES = ("TEST", "PRODUCTION")
DEMO_SITE = "00000000"
FROM_ENVIRONMENT = ("mode", "site_id", "test_key", "production_key", "url")


@dataclass(frozen=True)
class BankSettings:
    """The shop at the bank (Systempay): without a site number nobody pays online. `demo` is the built-in bank."""

    mode: str = "TEST"
    site_id: str = ""
    test_key: str = field(default="", repr=False)
    production_key: str = field(default="", repr=False)
    url: str = "https://paiement.systempay.fr/vads-payment/"
    demo: bool = False

    @property
    def key(self) -> str:
        """The key of the mode the shop works in."""
        return self.production_key if self.mode == "PRODUCTION" else self.test_key

    @property
    def origin(self) -> str:
        """The bank's host, as the security policy of a page names it."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"

    def is_open(self, portal_mode: str) -> bool:
        """Say whether tenants may pay by card: a whole shop, and never test money in a real office's accounts."""
        return bool(self.site_id and self.key) and (portal_mode != "production" or self.mode == "PRODUCTION")

    def faults(self, portal_mode: str) -> Iterator[str]:
        """Yield, in French, what contradicts itself and must stop the start."""
        if self.demo and portal_mode == "production":
            yield "La banque de démonstration (« bank.demo ») ne peut pas servir en production : retirez ce réglage."
        if self.mode not in MODES:
            yield f"Le réglage « bank.mode » vaut {self.mode} ; il faut TEST ou PRODUCTION."
        if self.mode == "PRODUCTION" and portal_mode != "production":
            yield "« bank.mode » vaut PRODUCTION, du vrai argent : « mode » doit valoir production aussi."
        if self.site_id and not (self.site_id.isascii() and self.site_id.isdigit() and len(self.site_id) == 8):
            yield "« bank.site_id » est le numéro de la boutique à la banque : 8 chiffres, entre guillemets."
        if self.key and not self.site_id:
            yield "Il manque le numéro de la boutique à la banque : « bank.site_id »."
        if self.site_id and not self.key:
            name = "production_key" if self.mode == "PRODUCTION" else "test_key"
            yield f"Il manque la clé de la boutique pour le mode {self.mode} : « bank.{name} »."
        if not self.demo and not self.url.startswith("https://"):
            yield "« bank.url », l’adresse de la page de paiement, doit commencer par https://."


def values_of(written: Mapping[str, object], *, portal_mode: str, secret: str) -> dict[str, object]:
    """Return the values of [bank]: what is written, the environment over it (`PORTAL_BANK_SITE_ID`…).

    A demonstration has its own bank unless it names a shop; that bank's key follows from the installation's secret.
    """
    values = dict(written)
    for name in FROM_ENVIRONMENT:
        if given := os.environ.get(f"PORTAL_BANK_{name.upper()}"):
            values[name] = given
    values.setdefault("demo", portal_mode == "demo" and not values.get("site_id"))
    if values["demo"] is True:
        key = hmac.digest(secret.encode(), b"demonstration bank", "sha256").hex()[:16]
        values |= {"mode": "TEST", "site_id": DEMO_SITE, "test_key": values.get("test_key") or key}
    return values
