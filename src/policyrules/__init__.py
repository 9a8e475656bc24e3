"""policyrules: social-assistance rules as the documents word them, evaluated exactly.

rules = policyrules.load("example.river_city")
result = rules.evaluate(case, on="2023-08-01")
result["dibao payment"].amount
"""

from policyrules.diagnostics import CompileError, Diagnostic, InputError
from policyrules.loading import load
from policyrules.results import Amount, Outcome, Result
from policyrules.ruleset import Ruleset

__all__ = [
    "Amount",
    "CompileError",
    "Diagnostic",
    "InputError",
    "Outcome",
    "Result",
    "Ruleset",
    "load",
]
