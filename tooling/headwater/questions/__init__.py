"""A project's graph -> answers. One file is one question; none reads a file or a clock."""
