"""What is kept between runs, in the user's cache folder. Losing it loses only time.

``lineages``  a content-keyed store of `NodeLineage`, shared by all projects
``states``    the last load of a project, whole: for the second question about it
``stored``    a state's lineages, packed until they are asked for
``codec``     one `NodeLineage` as bytes
``stamp``     what made a cached result
``folder``    where it all is
"""
