"""How long Hypothesis searches, and `--update-golden`, which writes expected texts anew."""

import pytest
from hypothesis import settings

# A while in `make test`, ten times that in `make test-all`.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=300, deadline=None, derandomize=True)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that takes today's texts for the right ones."""
    parser.addoption("--update-golden", action="store_true", help="write expected texts anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
