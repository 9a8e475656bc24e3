"""The country template by openfisca-core, run by an interpreter that has it (`make bench`).

Takes a folder with a column of the population in each file, prints the seconds from these columns
to the results, and leaves the results there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem

MONTH = "2016-01"
WANTED = ("total_benefits", "total_taxes", "parenting_allowance", "disposable_income")


def results(system: Any, columns: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """What a household has, inputs included."""
    builder = SimulationBuilder()
    builder.create_entities(system)
    of = columns["household"]
    builder.declare_person_entity("person", np.arange(len(of)))
    households = builder.declare_entity("household", np.arange(len(columns["rent"])))
    builder.join_with_persons(households, of, np.where(columns["adult"], "adult", "child"))
    simulation = builder.build(system)
    simulation.set_input("birth", "eternity", columns["birth"])
    simulation.set_input("salary", MONTH, columns["salary"] / 100)
    simulation.set_input("capital_returns", MONTH, columns["capital returns"] / 100)
    simulation.set_input("rent", MONTH, columns["rent"] / 100)
    simulation.set_input("accommodation_size", MONTH, columns["floor area"])
    simulation.set_input("housing_occupancy_status", MONTH, columns["occupancy"])
    return {name: simulation.calculate(name, MONTH) for name in WANTED}


def main() -> None:
    """Run it twice and time the second; the rules are read before."""
    folder = Path(sys.argv[1])
    columns = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    system = CountryTaxBenefitSystem()
    results(system, columns)
    start = perf_counter()
    found = results(system, columns)
    print(perf_counter() - start)
    for name, values in found.items():
        np.save(folder / f"found {name}.npy", values)


if __name__ == "__main__":
    main()
