"""When to follow up, through which channel, and why: methods as data, working time, and a pure plan."""
