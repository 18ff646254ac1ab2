"""script/mutants breaks what it says it breaks, and what it accepts is true of the rules of today."""

import tomllib

import pytest

from tests.mutants import KNOWN, ROOT, rules, undecorated

ACCEPTED = tomllib.loads(KNOWN.read_text("utf-8"))
DECORATED = '''
class Term:
    @property
    def rest(self):
        """What is left."""
        return 3

    @staticmethod
    def most():
        return 4

def guard(view):
    @wraps(view)
    @twice
    def guarded():
        return view()

    return guarded

@cache
def hasher():
    return object()
'''


def test_decorators_are_applied_by_hand_but_those_that_keep_a_result():
    written = undecorated(DECORATED)
    assert written.count("@") == 1
    assert "@cache\ndef hasher" in written
    assert "    rest = property(rest)\n\n    def most" in written
    inside = ["def guarded():", "    return view()", "guarded = twice(guarded)", "guarded = wraps(view)(guarded)"]
    assert "\n".join(f"    {line}" for line in inside) in written


def test_every_rule_module_does_the_same_without_its_decorators():
    made: dict[str, object] = {"__name__": "rules"}
    exec(undecorated((ROOT / "portal/domain/rents/allocation.py").read_text("utf-8")), made)
    posting = made["Posting"](1, "refund", None, None, 700)
    debt = made["Term"](None, None, 1000, shares=[made["Share"](posting, 300)])
    assert (debt.rest_cents, debt.covered_cents, posting.chosen) == (700, 300, ())


@pytest.mark.parametrize("module", ACCEPTED)
def test_what_is_accepted_is_a_change_of_a_line_of_the_rules_and_has_a_reason(module):
    assert module in rules()
    for each in ACCEPTED[module]:
        source = " ".join((ROOT / module).read_text("utf-8").split())
        assert " ".join(each["was"].split()) in source, each["was"]
        assert each["becomes"] != each["was"]
        assert each["reason"].strip()


def test_the_policy_of_every_area_is_a_rule_module():
    policies = {str(path.relative_to(ROOT)) for path in (ROOT / "portal/domain").glob("*/policy.py")}
    assert policies <= set(rules())
