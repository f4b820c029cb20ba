"""One rule a file. A file that is here is a rule that runs: ``checks.registry`` finds it, nothing else names it."""
