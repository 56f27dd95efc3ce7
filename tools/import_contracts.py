"""A contract for import-linter that it does not bring: what runs in the cluster imports Python's own library alone."""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryAlone(Contract):
    """The modules of a package import each other and the standard library, and nothing else."""

    package = fields.StringField()
    broken_contract_guidance = fields.TextField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of the package that leads elsewhere."""
        package = str(self.package)
        foreign = [
            f"{module} imports {imported}"
            for module in sorted({package, *graph.find_descendants(package)})
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not self._is_allowed(imported, package)
        ]
        return ContractCheck(kept=not foreign, metadata={"foreign": foreign})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which imports those are."""
        for line in check.metadata["foreign"]:
            output.print_error(f"- {line}")
        output.print(str(self.broken_contract_guidance))

    @staticmethod
    def _is_allowed(imported: str, package: str) -> bool:
        own = imported == package or imported.startswith(f"{package}.")
        return own or imported.partition(".")[0] in sys.stdlib_module_names
