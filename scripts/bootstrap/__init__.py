"""Set the service up from a clean clone, run it, test it. Standard library only: it runs before there is anything."""
