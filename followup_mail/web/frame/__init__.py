"""What every page stands in: the gate, the question of the browser, and how an answer is made."""
