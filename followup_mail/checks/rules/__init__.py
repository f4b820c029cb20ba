"""Each file here is a rule: a module with a ``RULE``, or a TOML file with phrases. ``registry`` finds them."""
