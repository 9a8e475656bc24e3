"""The syntax tree: what an author wrote, the same for both languages.

Keywords and wordings are gone; names are canonical (the English name where one is declared, else
the Chinese one); quoted texts keep both halves. A grammar rule bears the name of the class that it
builds. Spans stand outside equality, so that the Chinese and the English edition of a ruleset
compare equal. The tree is read as `ast.Name`, `ast.Benefit`; several files keep it short.
"""

from policyrules.syntax.ast_adjustments import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_base import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_clauses import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_conditions import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_declarations import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_examples import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_expressions import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_limits import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_lists import *  # noqa: F403 (this module is the vocabulary)
from policyrules.syntax.ast_time import *  # noqa: F403 (this module is the vocabulary)
