"""What one household lived, others live too: in a large office a claim already told is written again for them.

A claim told by its verbs takes 60 ms, and an office of 100 000 dwellings has 16 000 of them.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from peewee import Expression, ForeignKeyField, chunked, fn

from portal.db import Model
from portal.demo.neighbourhood import Household
from portal.domain.audit.models import Trace
from portal.domain.claims.actions import next_number
from portal.domain.claims.models import Claim, ClaimEvent, ClaimFollower, ClaimRating
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge
from portal.domain.news.models import News
from portal.domain.people.models import Tenant
from portal.domain.works import orders, policy
from portal.domain.works.models import Order, Visit

ROWS = 500


class Retelling:
    """All that was written of one claim, to be written again of other households."""

    def __init__(self, claim: Claim, teller: Household, followers: Sequence[Household]) -> None:
        self.claim, self.teller, self.followers = claim, teller, followers
        own: dict[type[Model], Expression] = {
            Claim: Claim.id == claim.id,
            **{model: model.claim == claim for model in (Order, Visit, ClaimEvent, ClaimRating, ClaimFollower)},
            News: News.about == claim.number,
            Trace: (Trace.detail == claim.number) & (Trace.tenant == claim.filed_by_id),
        }
        self.rows: dict[type[Model], list[dict[str, Any]]] = {
            table: list(table.select().where(its).order_by(table.id).dicts().iterator()) for table, its in own.items()
        }
        self.fresh: dict[type[Model], Iterator[int]] = {}
        self.numbers: dict[tuple[str, int], Iterator[int]] = {}

    def tell(self, homes: Sequence[tuple[Household, Sequence[Household]]]) -> None:
        """Write the claim again for other households, each with the neighbours who follow it there."""
        self.fresh = {table: count((table.select(fn.MAX(table.id)).scalar() or 0) + 1) for table in self.rows}
        self.numbers = {}
        written: dict[type[Model], list[dict]] = {table: [] for table in self.rows}
        for home, followers in homes:
            for table, row in _Copy(self, home, followers).rows():
                written[table].append(row)
        for table, rows in written.items():
            for lot in chunked(rows, ROWS):
                table.insert_many(lot).execute()

    def order_number(self, row: dict) -> str:
        """Return the next number of an order of the same kind and year; the database is asked for the first."""
        key = row["kind"], row["issued_on"].year
        if key not in self.numbers:
            first = orders.next_number(kind=row["kind"], on=row["issued_on"])
            self.numbers[key] = count(int(first.rpartition("-")[2]))
        return policy.number_of(*key, next(self.numbers[key]))


class _Copy:
    """The rows of a claim as they are for one other household."""

    def __init__(self, told: Retelling, home: Household, followers: Sequence[Household]) -> None:
        self.told = told
        here = told.teller, *told.followers
        people = zip(here, (home, *followers), strict=False)
        number = next_number(at=told.claim.filed_at)
        self.words = {
            told.claim.number: number,
            told.claim.once_key: f"{told.claim.once_key}-{number}",
            told.teller.tenant.full_name: home.tenant.full_name,
            **{row["number"]: told.order_number(row) for row in told.rows[Order]},
        }
        self.ids = {
            Tenant: {there.tenant_id: each.tenant_id for there, each in people},
            Lease: {told.teller.lease_id: home.lease_id},
            Lodge: {told.teller.lodge_id: home.lodge_id},
            Dwelling: {told.teller.dwelling_id: home.dwelling_id},
            Building: {told.teller.building_id: home.building_id},
        }
        for table, rows in told.rows.items():
            self.ids[table] = {row["id"]: next(told.fresh[table]) for row in rows}

    def rows(self) -> Iterator[tuple[type[Model], dict]]:
        """Yield the rows; those of a follower there is nobody for are left out."""
        for table, rows in self.told.rows.items():
            for row in rows:
                fields = {name: self._value(table._meta.fields[name], value) for name, value in row.items()}
                fields["id"] = self.ids[table][row["id"]]
                if table in (ClaimFollower, News) and fields["tenant"] is None:
                    continue
                yield table, self._fact(row, fields) if table is News else fields

    def _value(self, field: object, value: Any) -> Any:
        if isinstance(field, ForeignKeyField) and field.rel_model in self.ids:
            return self.ids[field.rel_model].get(value)
        if isinstance(value, str):
            for old, new in self.words.items():
                value = value.replace(old, new)
        return value

    def _fact(self, row: dict, fields: dict) -> dict:
        """A fact to tell by mail is named after its event."""
        event = self.ids[ClaimEvent][int(row["business_key"].split(":")[2])]
        about = Visit if row["kind"].startswith("visit_") else ClaimEvent
        fields["business_key"] = f"{row['kind']}:event:{event}:{fields['tenant']}"
        return fields | {"about_id": row["about_id"] and self.ids[about][row["about_id"]]}
