"""How things are said: amounts, ordinals, lists, years, ranks, sentences; languages as data."""
