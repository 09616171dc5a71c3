"""Registry: layers/*.yaml, the one description that every face of a layer derives from."""
