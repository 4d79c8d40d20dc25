"""Questions about many regions at once, which the array engine answers."""
