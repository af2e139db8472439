"""The Open Referral UK store and, being lowest, the one database."""
