"""A module for each group of pages: it opens a workspace, calls services, and names the template to be filled."""
