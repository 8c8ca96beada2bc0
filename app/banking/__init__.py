"""Bank reconciliation (rekonsiliasi bank): the bank's list beside our books, line by line.

A statement is brought in once, whatever its shape; lines that were in an earlier one are
passed over. A line of the bank is matched with the journals that record it, or recorded from
here. What stays on either side is what explains the difference, and when nothing else does,
the treasurer signs; what was signed cannot be changed.
"""
