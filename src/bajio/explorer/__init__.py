"""The explorer: answers as a page on this machine, to be asked by choosing on a map."""
