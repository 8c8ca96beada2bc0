"""The first page of a cooperative, and the list of places one may go."""
