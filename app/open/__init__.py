"""What anybody may know of the city's cooperatives: sums, and what each agrees to publish.

The public page and the open data are read as the city's role, from what cooperatives report;
they need no sign-in, no session and no cookie. A sum is left out where it would tell of fewer
than five people, or of so few cooperatives that one of them could be read off; where one area
is left out, others are as well until the rest of the city's sum does not give it away.

A cooperative's own figures are published only by groups it has chosen, on a page of its own;
each choice is kept with who made it and when, and the last one counts.
"""
