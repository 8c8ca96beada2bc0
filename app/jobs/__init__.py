"""Long work: a row for each job is the truth, and the queue only a hint.

A job is written with the act that asked for it. A worker claims it, reports progress and a
result that stays. Whatever is waiting or silent for two minutes is taken up again, so work
lost with its worker is late but not lost; the keys of the domain make that harmless.
"""
