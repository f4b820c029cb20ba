"""What is done with an application as a whole: pause, archive, rename, merge, skip a step, forget."""
