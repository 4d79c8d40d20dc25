"""What a claim is, as data: printed numbers and the intervals that they stand for, relations."""
