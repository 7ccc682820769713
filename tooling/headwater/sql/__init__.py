"""SQL text -> NodeLineage: the only room that knows sqlglot."""
