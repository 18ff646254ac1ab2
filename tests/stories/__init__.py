"""Histories of accounts, told with the verbs of the Office, so that the ledger, the pages and the papers read the same.

Each story is a household of its own, in a building of the cast. They are lived before NOW (23 November 2026).
"""
