"""What an indicator is, as data: rules, their formula as text, and their plan of leaves."""
