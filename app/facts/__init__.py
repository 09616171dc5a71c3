"""Facts: zones, industries, plans, clusters, indicators and documents, each with its source."""
