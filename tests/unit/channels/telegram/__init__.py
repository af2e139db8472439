"""Telegram: what comes in, how it is shown, and what becomes of it when it is sent."""
