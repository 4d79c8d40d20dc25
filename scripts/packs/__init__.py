"""What the example packs are made of: areas, regions and figures of other countries."""
