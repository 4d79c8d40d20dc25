"""What is known: areas, regions, measures, sources, and the observations of a dataset."""
