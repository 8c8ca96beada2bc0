"""Paper and files: PDF by typst, workbooks for Excel, QR codes.

A template (`<package>/print/<name>.typ`) receives data and nothing else: no text is put
together into markup, so nothing that somebody typed can become an instruction. The same data
give the same bytes, so that a printed report can be reproduced and compared.
"""
