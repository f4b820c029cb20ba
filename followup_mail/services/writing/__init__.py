"""From facts to finished mails: drafted, worded by a model where somebody wants that, composed, checked, shown."""
