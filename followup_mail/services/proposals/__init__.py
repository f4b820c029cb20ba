"""What an assistant or a model proposes: kept, looked at with distrust, and accepted by a person only."""
