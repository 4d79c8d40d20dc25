"""The audit: whether what was printed about a region is true, by how much, when, and why not."""
