"""Which alliance or region of Mexico would rank highest in Latin America by GDP?

Every region of the catalog is ranked among the countries and territories of Latin America and
the Caribbean, first beside Mexico as it is, then beside what Mexico would be without the region.
"""

import bajio

YEAR = 2018
PEERS = "latin-america"
BILLION = 10**9


def main() -> None:
    """Print a line for each region, the largest first, and the answer."""
    areas = bajio.Registry.default().areas
    ranked = [
        (
            bajio.evaluate(code, "gdp", year=YEAR, peers=None),
            bajio.rank(code, "gdp", year=YEAR, peers=PEERS),
        )
        for code in bajio.list_regions()
    ]
    ranked.sort(key=lambda pair: pair[0].low, reverse=True)

    print(f"GDP of {YEAR} in thousand millions of dollars, and the rank in Latin America")
    print()
    print(f"{'Region':<30}  {'GDP':>5}  {'Rank':<8}  {'Next above':<10}  Beside Mexico without it")
    for result, rank in ranked:
        above = " and ".join(str(areas[code].names) for code in rank.above)
        alone, lines = bajio.standings(
            result.region, "gdp", host="remainder", year=YEAR, peers=PEERS
        )
        mexico = next(line for line in lines if line.code == "MEX")
        print(
            f"{result.region!s:<30}  {result.value / BILLION:>5.0f}  {rank!s:<8}"
            f"  {above:<10}  {alone.rank} (Mexico: {float(mexico.exact) / BILLION:.0f},"
            f" rank {mexico.position})"
        )

    best, rank = ranked[0]
    print()
    print(f"Highest is {best.region}: {rank} by GDP of {best.year}.")
    print(f"Source: {best.sources[0]}.")
    print(f"Source of the countries: {rank.sources[0]}.")


if __name__ == "__main__":
    main()
