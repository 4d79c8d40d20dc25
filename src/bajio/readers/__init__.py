"""Reading datasets from files, and writing them."""
