"""Charts of what was measured: each ratio beside its goal, and cost against work."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator
from outcomes import Growth, Order, Outcome

#: How much an exponent can be above what is stated, by what is noise, and by logarithms.
NOISE = 0.3
OWN, GOAL, QUIET = "#0b6e4f", "#c8553d", "#8a8f98"
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 5, 10, 20, 50)
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "bajio",  # the same picture from the same figures
}


def ratios(outcomes: list[Outcome], path: Path) -> None:
    """A bar for each ratio, from one, on a logarithmic scale; a mark where its goal is."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9, 0.9 + 0.38 * len(outcomes)), layout="constrained")
        axes = figure.subplots()
        places = range(len(outcomes))
        met = [not one.goal or one.ratio <= one.goal for one in outcomes]
        colours = [
            QUIET if not one.goal else OWN if well else GOAL
            for one, well in zip(outcomes, met, strict=True)
        ]
        axes.barh(places, [one.ratio - 1 for one in outcomes], left=1, height=0.6, color=colours)
        axes.set_xscale("log")
        for place, one in enumerate(outcomes):
            right = one.ratio >= 1
            axes.annotate(
                f"{one.ratio:.2f}",
                (one.ratio, place),
                xytext=(4 if right else -4, 0),
                textcoords="offset points",
                ha="left" if right else "right",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )
            if one.goal:
                axes.plot([one.goal] * 2, [place - 0.38, place + 0.38], color="black", lw=2)
        ends = [*(one.ratio for one in outcomes), *(one.goal for one in outcomes if one.goal), 1]
        low, high = min(ends) / 1.6, max(ends) * 1.6
        axes.set_xlim(low, high)
        axes.set_xticks([tick for tick in TICKS if low <= tick <= high], minor=False)
        axes.set_yticks(places, [one.name for one in outcomes])
        axes.invert_yaxis()
        axes.axvline(1, color=QUIET, lw=1)
        axes.set_xlabel("bajio's cost over the other's (black: the most that it should be)")
        axes.xaxis.set_major_formatter(lambda at, _: f"{at:g}")
        axes.xaxis.set_minor_locator(NullLocator())
        save(figure, path)


def growths(measured: list[Growth], path: Path) -> None:
    """Time and memory against the work."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9, 3.6), layout="constrained")
        time, memory = figure.subplots(ncols=2)
        for one in measured:
            time.plot(one.sizes, one.seconds, marker="o", label=one.name)
            memory.plot(one.sizes, one.peaks, marker="o", label=one.name)
        time.set(xscale="log", yscale="log", title="seconds")
        memory.set(xscale="log", title="peak memory in MiB")
        for axes in (time, memory):
            axes.set_xlabel(" or ".join(dict.fromkeys(one.size for one in measured)))
            axes.grid(visible=True, which="major", color="#e3e5e8")
        memory.set_ylim(bottom=0)
        time.legend(frameon=False)
        save(figure, path)


def exponents(orders: list[Order], path: Path) -> None:
    """A bar for each exponent; a mark where the stated one is."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9, 0.9 + 0.3 * len(orders)), layout="constrained")
        axes = figure.subplots()
        places = range(len(orders))
        colours = [OWN if one.exponent <= one.greatest + NOISE else GOAL for one in orders]
        axes.barh(places, [one.exponent for one in orders], height=0.6, color=colours)
        for place, one in enumerate(orders):
            axes.annotate(
                f"{one.exponent:.2f}",
                (max(one.exponent, one.greatest), place),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
            )
            axes.plot([one.greatest] * 2, [place - 0.38, place + 0.38], color="black", lw=2)
        axes.set_xlim(0, 0.4 + max(max(one.exponent, one.greatest) for one in orders))
        axes.set_ylim(len(orders) - 0.5, -0.5)
        axes.set_yticks(places, [one.name for one in orders])
        axes.set_xlabel("exponent of the size in the time (black: as it is stated)")
        save(figure, path)


def save(figure: Figure, path: Path) -> None:
    """Write a figure as SVG, without a date, so that it changes with its figures only."""
    figure.savefig(path, format="svg", metadata={"Date": None})
