"""The domain `policy`: its objects, roles and indices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import frozen
from docutils import nodes
from sphinx.domains import Domain, Index, IndexEntry, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from policyrules.sphinxext.directives import DIRECTIVES
from policyrules.sphinxext.shelf import Shelf
from policyrules.sphinxext.words import TYPES, language, title

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


@frozen
class Object:
    """Something that a page shows: its type, ruleset, both names, and where it stands."""

    objtype: str
    ruleset: str
    names: tuple[str, ...]
    docname: str
    anchor: str

    def called(self, wanted: str) -> bool:
        """Whether a reference means it: one of its names, also behind the id of its ruleset."""
        return any(wanted in (name, f"{self.ruleset}:{name}") for name in self.names)


class PolicyRole(XRefRole):
    """A reference by name, which means the ruleset of its page before others."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,  # noqa: ARG002 (the signature is Sphinx's)
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Keep the ruleset at hand with the reference."""
        refnode["policy:ruleset"] = env.ref_context.get("policy:ruleset")
        return title, " ".join(target.split())


class _PolicyIndex(Index):
    """All objects of a type, by either name."""

    objtype: ClassVar[str]

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """The entries by their first character, each object under both of its names."""
        wanted = None if docnames is None else set(docnames)
        content: dict[str, list[IndexEntry]] = {}
        for found in self.domain.objects:  # type: ignore[attr-defined]
            if found.objtype != self.objtype or (
                wanted is not None and found.docname not in wanted
            ):
                continue
            for name in found.names:
                others = ", ".join(other for other in found.names if other != name)
                entry = IndexEntry(name, 0, found.docname, found.anchor, found.ruleset, "", others)
                content.setdefault(name[0].upper(), []).append(entry)
        return [(key, sorted(content[key])) for key in sorted(content)], False


def _index(objtype: str, name: str) -> type[_PolicyIndex]:
    label = TYPES[objtype]
    heading = f"{(label.zh or '')}索引 / Index of {label.en}s"
    fields = {"name": name, "localname": heading, "shortname": label.en, "objtype": objtype}
    return type(f"{objtype.title()}Index", (_PolicyIndex,), fields)


class PolicyDomain(Domain):
    """Rulesets with what they declare."""

    name = "policy"
    label = "Policy"
    object_types: ClassVar = {
        objtype: ObjType(label.en or "", objtype) for objtype, label in TYPES.items()
    }
    roles: ClassVar = {objtype: PolicyRole(warn_dangling=True) for objtype in TYPES}
    directives: ClassVar = DIRECTIVES
    indices: ClassVar = [
        _index("benefit", "benefits"),
        _index("parameter", "parameters"),
        _index("source", "sources"),
    ]
    initial_data: ClassVar[dict[str, Any]] = {"objects": []}
    data_version = 1

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.shelf = Shelf()

    @property
    def objects(self) -> list[Object]:
        """All that pages show."""
        found: list[Object] = self.data["objects"]
        return found

    def note(self, objtype: str, ruleset: str, names: tuple[str, ...], anchor: str) -> None:
        """Keep where an object stands: on the page that is being read."""
        self.objects.append(Object(objtype, ruleset, names, self.env.docname, anchor))

    def clear_doc(self, docname: str) -> None:
        """Forget the objects of a page."""
        self.data["objects"] = [item for item in self.objects if item.docname != docname]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the objects of pages that another process read."""
        self.objects.extend(item for item in otherdata["objects"] if item.docname in docnames)

    def resolve_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 (the signature is Sphinx's)
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        """The object of a type by either name; that of the ruleset at hand before others."""
        own = node.get("policy:ruleset")
        found = [item for item in self.objects if item.objtype == typ and item.called(target)]
        found.sort(key=lambda item: item.ruleset != own)
        if not found:
            # What the extension itself refers to need not stand on any page.
            return contnode if node.get("soft") else None
        return self._reference(builder, fromdocname, found[0], contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 (the signature is Sphinx's)
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,  # noqa: ARG002 (the same)
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The objects of any type by either name."""
        return [
            (f"policy:{item.objtype}", self._reference(builder, fromdocname, item, contnode))
            for item in self.objects
            if item.called(target)
        ]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Each object under each of its names, for search and inventories."""
        for item in self.objects:
            for name in item.names:
                yield name, name, item.objtype, item.docname, item.anchor, 1

    def get_full_qualified_name(self, node: Element) -> str | None:
        """The name by which another project refers to what a reference means."""
        target = node.get("reftarget")
        return None if target is None else str(target)

    def _reference(
        self, builder: Builder, fromdocname: str, item: Object, contnode: Element
    ) -> nodes.reference:
        lang = language(self.env.config.language)
        told = f"{title(item.objtype, lang)} {item.names[0]}"
        return make_refnode(builder, fromdocname, item.docname, item.anchor, contnode, told)
