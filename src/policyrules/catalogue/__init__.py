"""Every diagnostic: its code, its wording in both languages, and the remedy.

PR1xx syntax, PR2xx names, PR3xx types and units, PR4xx dates and places, PR5xx law, PR6xx cases
handed to an evaluator, PR9xx style; a file for each group. A code is never used twice.
"""

from __future__ import annotations

from policyrules.catalogue.bands import BANDS
from policyrules.catalogue.cases import CASES
from policyrules.catalogue.changes import CHANGES
from policyrules.catalogue.dates import DATES
from policyrules.catalogue.entry import Entry, Severity
from policyrules.catalogue.examples import EXAMPLES
from policyrules.catalogue.files import FILES
from policyrules.catalogue.groups import GROUPS
from policyrules.catalogue.honesty import HONESTY
from policyrules.catalogue.law import LAW
from policyrules.catalogue.limits import LIMITS
from policyrules.catalogue.names import NAMES
from policyrules.catalogue.populations import POPULATIONS
from policyrules.catalogue.queries import QUERIES
from policyrules.catalogue.style import STYLE
from policyrules.catalogue.syntax import SYNTAX
from policyrules.catalogue.tables import TABLES
from policyrules.catalogue.time import TIME
from policyrules.catalogue.types import TYPES
from policyrules.catalogue.wordings import WORDINGS

__all__ = ["CATALOGUE", "Entry", "Severity"]

CATALOGUE: dict[str, Entry] = {
    **SYNTAX,
    **FILES,
    **NAMES,
    **TYPES,
    **BANDS,
    **DATES,
    **TIME,
    **LAW,
    **EXAMPLES,
    **GROUPS,
    **HONESTY,
    **LIMITS,
    **CASES,
    **CHANGES,
    **POPULATIONS,
    **QUERIES,
    **TABLES,
    **STYLE,
    **WORDINGS,
}
