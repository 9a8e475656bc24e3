"""How long Hypothesis searches, what is kept between its processes, and `--update-golden`."""

import os
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from policyrules.data import grammar_folder
from policyrules.syntax.grammar import TABLES, built, from_tables, write_tables

# A while in `make test`, some times that in `make test-all`; `make proof` goes on for long.
settings.register_profile("quick", max_examples=10, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=50, deadline=None, derandomize=True)
settings.load_profile("quick")


_KEPT = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Let all processes of a run keep compiled rules in one folder of their own."""
    if not hasattr(config, "workerinput"):
        config.stash[_KEPT] = TemporaryDirectory()
        os.environ["POLICYRULES_CACHE"] = config.stash[_KEPT].name
        # Tables of a grammar edited since would be passed over, and built by each process anew.
        tables = grammar_folder() / TABLES
        if from_tables(tables) is None:
            write_tables(built(), tables)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was kept."""
    if _KEPT in config.stash:
        config.stash[_KEPT].cleanup()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that takes today's texts for the right ones."""
    parser.addoption("--update-golden", action="store_true", help="write expected texts anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
