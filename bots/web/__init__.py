"""What a browser sees: the chat, the widget, and how the program fares."""
