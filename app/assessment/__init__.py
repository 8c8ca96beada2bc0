"""The cooperative's own pre-assessment of its health (pra-penilaian KKPKK).

Four aspects after Juknis Deputi Perkoperasian 15/2021 (domain reference 4.1): what the books
can tell is computed and shown with its figures, what they cannot is answered by the board with
evidence and confirmed by the agency. Weights, standards and limits are dated settings. It is
never an official grade: what is handed in is kept as it was, with the word that it is not one.
"""
