"""Makes the tables of the grammar whenever the package is built, for a wheel or editable."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GrammarTables(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the tables beside the grammar, with which the wheel carries them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before it looks for files."""
        sys.path.insert(0, str(Path(self.root, "src")))
        from policyrules.data import grammar_folder  # noqa: PLC0415 (found only now)
        from policyrules.syntax.grammar import TABLES, built, write_tables  # noqa: PLC0415

        write_tables(built(), grammar_folder() / TABLES)
