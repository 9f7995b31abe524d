"""The same house through JSON: the pages' services, scopes and errors; nothing is decided here."""
