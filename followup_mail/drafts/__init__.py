"""What to say: from a step and the facts to a draft, by way of templates."""
