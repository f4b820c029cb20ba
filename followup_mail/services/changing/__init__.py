"""Facts changed by options, by the fields of a form, or in an editor; each change is checked and shown first."""
