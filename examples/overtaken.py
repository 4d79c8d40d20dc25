"""Which countries has the Bajío overtaken by GDP in twenty years, and which have overtaken it?

GDP is in dollars at each year's exchange rate, so that a cheap peso costs places as well.
"""

import bajio

REGION = "bajio"
FIRST, LAST = 2003, 2023


def larger(year: int) -> tuple[set[str], set[str]]:
    """The countries with more, and all that have a figure, in a year."""
    result, lines = bajio.standings(REGION, "gdp", year=year, peers="un-members", host="drop")
    print(f"{year}: {result.value / 1e9:.0f} thousand million USD, {result.rank}")
    everyone = {line.code for line in lines}
    return {line.code for line in lines if line.exact > result.low}, everyone


def main() -> None:
    """Print the two ranks, and who passed whom."""
    areas = bajio.Registry.default().areas
    above_then, known_then = larger(FIRST)
    above_now, known_now = larger(LAST)
    both = known_then & known_now
    for title, codes in (
        ("Overtaken", (above_then - above_now) & both),
        ("Overtook it", (above_now - above_then) & both),
        (f"No figure in {LAST}", known_then - known_now),
    ):
        print(f"{title}: {', '.join(sorted(str(areas[code].names) for code in codes)) or 'none'}")


if __name__ == "__main__":
    main()
