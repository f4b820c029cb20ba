"""What an assistant may be told, and a process that can do nothing else."""
