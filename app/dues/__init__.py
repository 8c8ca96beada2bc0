"""Monthly dues (simpanan wajib): rates, charges, waivers, arrears, and taking money in.

A charge says that a member owes a month; its key makes a second one impossible. It is a
claim, not a booking: savings enter the books when they are paid (domain reference 2.4, A).
What is paid settles the oldest month first, so arrears are charged less waived less paid and
nothing has to be matched; what is paid beyond is months ahead.
"""
