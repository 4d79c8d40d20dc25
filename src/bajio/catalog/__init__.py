"""Areas, regions, peer groups and data that come with the project, as plugins like any other."""
