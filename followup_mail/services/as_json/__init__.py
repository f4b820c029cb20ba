"""Values as dictionaries, for ``--json`` and for the page: names and shapes are a promise."""
