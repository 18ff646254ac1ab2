"""A pytest plugin: `--examples N` makes every property try so many drawn examples, instead of the same few."""

import hypothesis
import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the number of examples."""
    parser.addoption("--examples", type=int, required=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Load the profile after the tests' own, before any test is read."""
    hypothesis.settings.register_profile(
        "drill",
        deadline=None,
        database=None,
        derandomize=False,
        max_examples=config.getoption("--examples"),
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("drill")
