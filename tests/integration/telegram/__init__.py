"""Telegram, from an update to what stands in a chat: over a Bot API on this machine."""
