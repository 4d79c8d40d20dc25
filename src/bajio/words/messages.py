"""What is said in English, in other languages: the templates are loaded where one is asked for."""

from bajio.errors import in_options
from bajio.words.phrasebook import ENGLISH


def message_text(text: str, language: str = ENGLISH) -> str:
    """What was said in English, in a language; as it is where nothing is known of it.

    Examples:
        >>> message_text("no 'gdp' for MEX in 2030", "es"), message_text("so it is", "es")
        ("no hay 'gdp' de MEX en 2030", 'so it is')
        >>> message_text("unknown region 'bahio': did you mean 'bajio'?", "es")
        "'bahio' no se conoce como región: ¿quiso decir 'bajio'?"
    """
    if language == ENGLISH:
        return text
    from bajio.words.message_templates import translated

    return translated(text, language)


def noun_text(word: str, language: str = ENGLISH) -> str:
    """A word of a list of few, as kinds and topics are, in a language.

    Examples:
        >>> noun_text("extensive", "es"), noun_text("indicator", "es"), noun_text("mine", "es")
        ('extensiva', 'indicador', 'mine')
    """
    if language == ENGLISH:
        return word
    from bajio.words.message_templates import translated_noun

    return translated_noun(word, language)


def refusal_text(refusal: object, language: str = ENGLISH) -> str:
    """Why something was refused, in a language and in the words of the command line.

    Examples:
        >>> refusal_text("a series has years: pass years= or periods=, not year= or period=", "es")
        'una serie tiene años: use --years o --periods, no --year ni --period'
    """
    return in_options(message_text(str(refusal), language))
