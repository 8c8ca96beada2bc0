"""The two-person rule (empat mata): one asks, another one answers, and only then it happens.

What needs a second person: money above a threshold (a dated setting), and whatever takes
back or writes off. A request keeps what is to be done as data; the act itself belongs to the
package that asked, and runs in the transaction of the approval. Nobody approves their own
request: the table refuses it.
"""
