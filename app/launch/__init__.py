"""Whether a cooperative is ready to be launched, and the papers it must hold.

The checklist stands in `app.supervision.checklist` (domain reference 1.5). What can be
computed from the books is computed; what is a document is read off the register of documents;
the rest a person ticks, with a document or a note as evidence. Each cooperative reports only
how an item stands and until when a document counts to a table of the platform; files, numbers
and notes never leave it. The city's board reads that table as the city's role.
"""
