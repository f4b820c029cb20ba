"""What happened: one TOML file for each application, read strictly, changed without touching remarks."""
