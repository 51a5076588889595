"""The hand-written part of the client: how a call is sent, repeated, decoded and refused.

It knows no operation. What the document says stands in the modules beside this package.
"""
