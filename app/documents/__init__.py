"""Documents: from a fact to the paragraph it was read from, where the operator keeps the documents' texts."""
