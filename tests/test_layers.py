"""The shape of the code: who imports whom, how long a file is, where Pint and floats are."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "policyrules"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module imports from the layers above its own and from its own; backends see the program alone.
LAYERS = (
    {"data", "source"},
    {"catalogue"},
    {"diagnostics"},
    {"types"},
    {"syntax"},
    {"ir"},
    {"wording"},
    {"forms"},
    {"semantics"},
    {"files", "library", "pygments"},
    {"compiler"},
    {"backends"},
    {"render"},
    {
        "case",
        "columns",
        "results",
        "explanation",
        "letter",
        "award",
        "counterfactual",
        "difference",
        "calculator",
        "javascript",
        "module",
        "questions",
        "ruleset",
        "sql",
    },
    {"cache", "examples", "loading"},
    {"conflicts"},
    {"checks"},
    {"interview", "table"},
    {"__init__"},
    {"cli", "sphinxext"},
    {"__main__"},
)
SEEN_BY_BACKENDS = {"source", "ir", "backends"}
LONGEST = 400


def layer(part: str) -> int:
    """The number of the layer that holds a module or package of this name."""
    return next(number for number, parts in enumerate(LAYERS) if part in parts)


def family(name: str) -> str:
    """The part that a module's name begins with: `case` for `case_json`."""
    return name if name.startswith("__") else name.partition("_")[0]


def part_of(module: Path) -> str:
    """The module or package, directly under policyrules, to which a file belongs."""
    return family(module.relative_to(PACKAGE).parts[0].removesuffix(".py"))


def imported(module: Path) -> set[str]:
    """The dotted names that a file imports; what comes from `policyrules` itself by its name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}: imports are written in full"
            if node.module == "policyrules":
                names.update(f"policyrules.{alias.name}" for alias in node.names)
            else:
                names.add(node.module or "")
    return names


def parts_imported(module: Path) -> set[str]:
    """The parts of policyrules that a file imports; a name that is no part is the package's."""
    known = set().union(*LAYERS)
    own = [name.split(".") for name in imported(module) if name.split(".")[0] == "policyrules"]
    names = {family(parts[1]) if len(parts) > 1 else "__init__" for parts in own}
    return {name if name in known else "__init__" for name in names}


def test_every_module_has_a_layer() -> None:
    """No file stands outside the layers."""
    known = set().union(*LAYERS)
    assert {part_of(module) for module in MODULES} <= known


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_come_from_lower_layers(module: Path) -> None:
    """A module imports nothing that builds on it."""
    part = part_of(module)
    for found in parts_imported(module):
        assert layer(found) <= layer(part), f"{part} may not import {found}"


@pytest.mark.parametrize(
    "module", sorted((PACKAGE / "backends").glob("*.py")), ids=lambda path: path.name
)
def test_backends_see_the_program_alone(module: Path) -> None:
    """A backend works from the program, not from how it was written."""
    assert parts_imported(module) <= SEEN_BY_BACKENDS


def test_one_module_imports_pint() -> None:
    """Units have one keeper, which can therefore be replaced."""
    importing = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if any(name.split(".")[0] == "pint" for name in imported(module))
    }
    assert importing == {"types/units.py"}


def test_files_are_short() -> None:
    """No file is over 400 lines."""
    lines = {
        str(module.relative_to(PACKAGE)): len(module.read_text("utf-8").splitlines())
        for module in MODULES
    }
    assert {name for name, count in lines.items() if count > LONGEST} == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_float(module: Path) -> None:
    """Nothing is turned into a float, and none is written where values are computed."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "float", f"line {node.lineno}"
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            assert module.name == "diagnostics.py", f"line {node.lineno}"  # how alike words are
        if isinstance(node, ast.Import):
            assert all(alias.name != "math" for alias in node.names), f"line {node.lineno}"
