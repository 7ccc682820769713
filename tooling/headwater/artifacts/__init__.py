"""dbt's files -> `Project`: the only room that knows how artifacts look.

`paths.find_artifacts` says where they are, `project.read_project` reads them. Nothing is imported
here: a warm start needs only the paths.
"""
