"""When to follow up, through which channel, and why: kinds and methods as data, working time, and a pure plan."""
