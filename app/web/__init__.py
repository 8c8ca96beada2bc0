"""What every page shares: access, sessions, form fields, errors, templating, progress."""
