"""What every job starts from: an application with its plan and history, rules about moments, when what waits leaves."""
