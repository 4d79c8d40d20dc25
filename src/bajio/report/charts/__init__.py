"""Charts of answers: Vega-Lite specifications as data, a module a kind of chart."""
