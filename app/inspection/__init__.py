"""The city looks inside one cooperative (pengawasan dinas): with a reason, with leave, on record.

An officer of the agency asks, for some days at most. The chair gives leave or refuses; where
there is no time to wait, somebody else of the agency gives it and the cooperative is told. Nobody
gives themselves leave. While it lasts the officer may open the pages that the cooperative's own
supervisors may, and do nothing there; every page opened is kept and shown to the cooperative.
Whether leave is in force is asked anew at every request: it ends by itself, by the asker, or by
whoever gave it. The role of the city's own pages (`koperasi_city`) has no grant on these tables.
"""
