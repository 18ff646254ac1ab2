"""Which mails there are, and when one is no longer worth sending."""

from datetime import timedelta

import pytest

from portal.domain.news import policy
from tests.people import NOW

DAYS, SECOND = timedelta(days=3), timedelta(seconds=1)


@pytest.mark.parametrize(("age", "stale"), [(timedelta(), False), (DAYS, False), (DAYS + SECOND, True)])
def test_a_fact_is_told_for_three_days(age, stale):
    assert policy.is_stale(NOW, at=NOW + age) is stale


def test_each_kind_of_mail_is_of_the_topic_one_would_look_for_it_under():
    assert {topic: {kind for kind, of in policy.TOPIC_OF.items() if of == topic} for topic in policy.TOPICS} == {
        "claims": {"claim_received", "claim_answered", "claim_done"},
        "visits": {"visit_proposed", "visit_moved", "visit_tomorrow"},
        "followed": {"claim_followed"},
        "messages": {"message_received"},
    }
