"""Lists in words, runs of years, statuses, ordinals, and ranks with their neighbours."""

from collections.abc import Iterable, Sequence

from bajio.facts.observations import STATUSES
from bajio.facts.periods import WHOLE, Season
from bajio.words.phrasebook import ENGLISH, chosen, phrasebook, say


def listed(words: Iterable[str], language: str = ENGLISH, *, conjunction: str = "and") -> str:
    """Words as a list, with "and" or "or" before the last.

    Examples:
        >>> listed(["Suecia", "Portugal", "Irlanda"], "es"), listed(["one"])
        ('Suecia, Portugal e Irlanda', 'one')
        >>> listed(["a", "b"], conjunction="or"), listed(["uno", "otro"], "es", conjunction="or")
        ('a or b', 'uno u otro')
    """
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    word = chosen(phrasebook(language).conjunctions[conjunction], every[-1])
    return f"{', '.join(every[:-1])} {word} {every[-1]}"


def some_of(names: Sequence[str], most: int, language: str = ENGLISH) -> str:
    """The first of some names, and how many more there are.

    Examples:
        >>> some_of(["a", "b", "c", "d"], 2), some_of(["a", "b"], 2, "es")
        ('a, b and 2 more', 'a, b')
    """
    first, more = ", ".join(names[:most]), len(names) - most
    return say("list.rest", language, names=first, count=more) if more > 0 else first


def season_text(season: Season, language: str = ENGLISH) -> str:
    """A part of a year by its name.

    Examples:
        >>> from bajio.facts.periods import Period
        >>> season_text(Period.parse("2019-02").season), season_text(WHOLE)
        ('February', 'year')
    """
    return say(f"season.{season.frequency}{season.part or ''}", language)


def period_text(year: int, season: Season, language: str = ENGLISH) -> str:
    """A period in words.

    Examples:
        >>> from bajio.facts.periods import Period
        >>> february = Period.parse("2019-02").season
        >>> period_text(2018, february), period_text(2018, february, "es"), period_text(2018, WHOLE)
        ('February 2018', 'febrero de 2018', '2018')
    """
    if season == WHOLE:
        return str(year)
    return say("period.one", language, season=season_text(season, language), year=year)


def years_text(
    years: Iterable[int],
    last: int | None = None,
    language: str = ENGLISH,
    season: Season = WHOLE,
) -> str:
    """Years in words, runs of them together, or a part of each of them.

    Args:
        years: in any order.
        last: the last that there is: a run up to it has no end.
        language: of the words.
        season: the part of each year that is meant.

    Examples:
        >>> years_text([2012, 2014, 2015, 2016, 2023, 2024], 2024)
        '2012, 2014–2016 and from 2023 on'
        >>> years_text([2018], 2018, "es"), years_text(range(2010, 2013))
        ('2018', '2010–2012')
        >>> from bajio.facts.periods import Period
        >>> years_text([2012, 2014, 2015], season=Period.parse("2019-02").season)
        'February of 2012 and 2014–2015'
    """
    if season != WHOLE:
        every = sorted(years)
        if len(every) == 1:
            return period_text(every[0], season, language)
        words_said = {
            "season": season_text(season, language),
            "years": years_text(every, None, language),
        }
        return say("period.several", language, **words_said)
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return listed(
        (
            say("years.from", language, first=first)
            if end == last and first < end
            else span_text((first, end))
            for first, end in runs
        ),
        language,
    )


def span_text(years: Iterable[int]) -> str:
    """The first and the last of some years.

    Examples:
        >>> span_text((2010, 2018)), span_text((2018, 2018)), span_text(())
        ('2010–2018', '2018', '')
    """
    every = tuple(years)
    return "–".join(dict.fromkeys(map(str, (every[0], every[-1])))) if every else ""


def status_legend(statuses: Iterable[str], language: str = ENGLISH) -> str:
    """What the letters beside years mean, the least certain first.

    Examples:
        >>> status_legend({"A", "P", "F"}), status_legend({"E", "A"}, "es")
        ('F projected, P preliminary', 'E estimada')
    """
    asked = {*statuses} - {"A"}
    words = phrasebook(language).statuses
    return ", ".join(f"{letter} {words[letter]}" for letter in STATUSES if letter in asked)


def status_name(letter: str, language: str = ENGLISH) -> str:
    """What a letter beside a year means."""
    return phrasebook(language).statuses[letter]


def ordinal(position: int, language: str = ENGLISH, *, gender: str = "masculine") -> str:
    """A position as an ordinal, of the gender of what it is a position of.

    Examples:
        >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22, 113)]
        ['1st', '2nd', '3rd', '4th', '11th', '22nd', '113th']
        >>> ordinal(105, "es"), ordinal(2, "es", gender="feminine")
        ('105.º', '2.ª')
    """
    forms = phrasebook(language).ordinals
    return chosen(forms.get(gender, forms["masculine"]), str(position)).format(position)


def place_text(position: int, of: int, language: str = ENGLISH) -> str:
    """A position among so many.

    Examples:
        >>> place_text(57, 190), place_text(57, 190, "es")
        ('57th of 190', '57.º de 190')
    """
    return say("rank.place", language, position=ordinal(position, language), of=of)


def neighbours_text(
    tied: Iterable[str], above: Iterable[str], below: Iterable[str], language: str = ENGLISH
) -> str:
    """Who stands beside a place, to be set behind it.

    Examples:
        >>> neighbours_text((), ["Kuwait"], ["Ukraine"]), neighbours_text(["Chad"], (), ["Peru"])
        (', between Kuwait and Ukraine', ', tied with Chad, before Peru')
    """
    same, before, after = (listed(names, language) for names in (tied, above, below))
    text = say("rank.tied", language, names=same) if same else ""
    if before and after:
        return text + say("rank.between", language, names=listed([before, after], language))
    if before:
        return text + say("rank.after", language, names=before)
    return text + (say("rank.before", language, names=after) if after else "")
