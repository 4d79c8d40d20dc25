"""The kernels of the search over alliances: complete enumeration, in blocks, by numpy."""
