"""A new application: the questions of ``add``, the form of the page, and what was typed so far."""
