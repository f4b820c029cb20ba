"""What the user sees: each module puts one kind of result on the screen."""
