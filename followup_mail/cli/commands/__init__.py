"""What the user types: one module for each group of commands, with options and help texts."""
