"""What users ask: evaluate, rank, profile, compare, follow over the years, explain."""
