"""Evidence: which statement of a document bears on an industry and a place; what siting and review stand on."""
