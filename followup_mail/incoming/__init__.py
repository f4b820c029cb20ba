"""Mail that somebody saved as a file, read: who wrote it, what it answers, what it passes on. Nothing in it is run."""
