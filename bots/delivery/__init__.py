"""The one path between platforms and the conversation: each event once, each message kept until sent."""
