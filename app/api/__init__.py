"""What other systems of the city read: JSON under /api/v1, by token, and only to read.

No session and no cookie counts here, so there is nothing to forge. A token is made and revoked
by the operator; the database keeps its hash. Every address is declared once, with its scope,
what may be asked and what is answered; the same declaration refuses what is asked wrongly,
writes the answer and describes itself in the OpenAPI document, which therefore is true.
Everything is read as the city's role, from what cooperatives report; never a person.
"""
