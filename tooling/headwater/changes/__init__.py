"""Two states of a project compared, and a change followed downstream. Pure."""
