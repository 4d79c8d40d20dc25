"""Sentences as HTML: their figures with what they are exactly."""

from bajio.report.escapes import html
from bajio.report.html_table import SHORT
from bajio.report.sheets import exact_text
from bajio.words.phrasebook import say
from bajio.words.sentences import Listing, Piece, Sentence, text_of


def marked(piece: Piece, language: str) -> str:
    """A sentence, or a piece of one, in words, each figure of it marked.

    Phrases are the phrase books' own, and hold nothing that HTML takes for more than text.

    Examples:
        >>> from fractions import Fraction
        >>> from bajio.words.sentences import Percent, sentence
        >>> marked(sentence("figure.partial", figure=Percent(Fraction(1, 3))), "en")
        '<data value="1/3" class="short">33.33 %</data> (partial)'
        >>> marked("<b>", "en")
        '&lt;b&gt;'
    """
    if isinstance(piece, Sentence):
        parts = {
            name: part if isinstance(part, int) else marked(part, language)
            for name, part in piece.parts
        }
        return say(piece.key, language, **parts)
    if isinstance(piece, Listing):
        texts = tuple(marked(part, language) for part in piece.parts)
        return Listing(texts, piece.conjunction, piece.between).text(language)
    words, exact = html(text_of(piece, language)), exact_text(getattr(piece, "exact", None))
    if not exact:
        return words
    kept = ' class="short"' if len(words) <= SHORT else ""
    return f'<data value="{exact}"{kept}>{words}</data>'
